import type { Prepared } from '../client/media-value.ts'
import { encodePicture } from './encode-picture.ts'
import type { Job } from './jobs.ts'
import { encodeSound } from './wav.ts'

/** Does one job of the encoder, in whichever thread. */
export async function encode(job: Job): Promise<Prepared> {
  return job.type === 'picture' ? encodePicture(job) : encodeSound(job)
}
