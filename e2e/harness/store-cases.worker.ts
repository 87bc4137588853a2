self.postMessage([])
