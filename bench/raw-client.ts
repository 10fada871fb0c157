import { connect, type Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'

/** One kept-alive connection that sends GET requests one after another. */
export type RawClient = Readonly<{
  /** The body of a 200 with a length; anything else throws. */
  get: (path: string) => Promise<Buffer>
  close: () => void
}>

/**
 * The cheapest client: a socket, requests as text, and no more reading of an answer than finding its end. `fetch` costs
 * several times as much for each request, which would be measured as if the server had taken it.
 */
export async function rawClient(address: string, key: string): Promise<RawClient> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return {
    get: (path) => {
      if (socket.destroyed) return Promise.reject(new Error('the server closed the connection'))
      const answer = answerOf(socket)
      socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${key}\r\n\r\n`)
      return answer
    },
    close: () => socket.destroy(),
  }
}

function answerOf(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0)
    const end = (work: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose)
      work()
    }
    const onError = (error: Error) => end(() => reject(error))
    const onClose = () => end(() => reject(new Error('the server closed the connection')))
    const onData = (chunk: Buffer) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      const headEnd = got.indexOf(HEAD_END)
      if (headEnd < 0) return
      const head = got.toString('latin1', 0, headEnd)
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN)
      const bodyAt = headEnd + HEAD_END.length
      if (Number.isNaN(length) || !head.startsWith('HTTP/1.1 200')) end(() => reject(new Error(got.toString('utf8'))))
      else if (got.length >= bodyAt + length) end(() => resolve(got.subarray(bodyAt, bodyAt + length)))
    }
    socket.on('data', onData).on('error', onError).on('close', onClose)
  })
}
