/** A tracker we compare with: `name` is also the file of its adapter. */
export interface PeerSystem {
  readonly name: string
  readonly title: string
  /** Its requirements file; systems with the same one share a virtual environment. */
  readonly requirements: string
}

export const SYSTEMS: readonly PeerSystem[] = [
  { name: 'mltraq_list', title: 'MLtraq, lists', requirements: 'requirements.txt' },
  { name: 'mltraq_sequence', title: 'MLtraq, Sequence', requirements: 'requirements.txt' },
  { name: 'tensorboardx', title: 'TensorBoardX', requirements: 'requirements.txt' },
  { name: 'trackio_local', title: 'Trackio', requirements: 'requirements.txt' },
  { name: 'wandb_offline', title: 'W&B offline', requirements: 'requirements.txt' },
  { name: 'neptune_offline', title: 'Neptune offline', requirements: 'requirements.txt' },
  { name: 'aim_repo', title: 'Aim', requirements: 'requirements-aim.txt' },
  { name: 'dvclive_files', title: 'DVCLive', requirements: 'requirements.txt' },
  { name: 'mlflow_sqlite', title: 'MLflow, SQLite', requirements: 'requirements.txt' },
  { name: 'comet_offline', title: 'Comet offline', requirements: 'requirements.txt' },
  { name: 'clearml_offline', title: 'ClearML offline', requirements: 'requirements.txt' },
]
