const ROOM_MIN = 4_096

/** Numbers one after the other in one array that grows as it fills; room for what is `expected` is made at once. */
export function growingNumbers(expected: number) {
  let room = new Float64Array(Math.max(ROOM_MIN, Math.ceil(expected)))
  let length = 0
  return {
    push: (values: ArrayLike<number>): void => {
      if (length + values.length > room.length) {
        const larger = new Float64Array(Math.ceil(1.5 * (length + values.length)))
        larger.set(room.subarray(0, length))
        room = larger
      }
      room.set(values, length)
      length += values.length
    },
    /** What was pushed, without a copy: not to be pushed to again. */
    values: (): Float64Array => room.subarray(0, length),
  }
}
