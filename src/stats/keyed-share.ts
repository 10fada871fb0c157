/**
 * A number in [0, 1) that depends on a key and a name alone: the same in every run, on every machine, whatever else
 * is drawn. For sampling that must not change from run to run; names that are alike give numbers that are not. FNV-1a
 * over the characters, finished by the murmur3 mixer: even enough to sample by, no secret.
 */
export function keyedShare(key: string, name: string): number {
  let hash = addTo(0x811c9dc5, key)
  hash = Math.imul(hash ^ 0xff, 0x01000193)
  hash = addTo(hash, name)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}

function addTo(hash: number, text: string): number {
  let sum = hash
  for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return sum
}
