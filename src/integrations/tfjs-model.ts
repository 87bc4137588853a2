/** How a model was compiled. */
interface TrainingConfig {
  readonly optimizer_config: object
  readonly loss: string | string[] | { [key: string]: string }
}

export interface WeightSpec {
  name: string
  shape: number[]
  dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64'
  /** Those of an optimizer are kept apart. */
  group?: 'model' | 'optimizer'
}

/** What TensorFlow.js hands over when it saves a model, and wants back when it loads one. */
export interface ModelArtifacts {
  modelTopology?: object | ArrayBuffer
  trainingConfig?: TrainingConfig
  weightSpecs?: WeightSpec[]
  weightData?: ArrayBuffer | ArrayBuffer[]
  format?: string
  generatedBy?: string
}

export interface SaveResult {
  readonly modelArtifactsInfo: {
    readonly dateSaved: Date
    readonly modelTopologyType: 'JSON'
    readonly modelTopologyBytes: number
    readonly weightSpecsBytes: number
    readonly weightDataBytes: number
  }
}

/** An `IOHandler` of TensorFlow.js. */
export interface IoHandler {
  /** Takes whatever else TensorFlow.js hands over as well, and gives it back. */
  save(artifacts: ModelArtifacts): Promise<SaveResult>
  load(): Promise<ModelArtifacts>
}
