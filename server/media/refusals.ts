import { AppError } from '../../shared/errors.ts'

/**
 * Runs a request to the media worker. mediasoup throws what it thinks of its parameters as plain errors: parameters come
 * from the client, so that is the client's fault, unless what it was asked of is gone.
 * @throws AppError `invalid-input` or `conflict`.
 */
export async function askWorker<T>(asked: { closed: boolean }, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw asked.closed ? notInTheRoom() : new AppError('invalid-input', 'bad-media-parameters', undefined, { cause: error })
  }
}

export const notInTheRoom = () => new AppError('conflict', 'not-in-the-room')
