import { parentPort, workerData } from 'node:worker_threads'
import { evaluate } from '../match/blind.ts'

parentPort?.on('message', ({ id, blinded }: { id: number; blinded: string[] }) => {
  try {
    parentPort?.postMessage({ id, evaluation: evaluate(workerData.matchKey, blinded) })
  } catch (error) {
    parentPort?.postMessage({ id, refused: (error as Error).message })
  }
})
