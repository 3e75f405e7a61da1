import { entries } from './entry.ts';

/** Failures of container engines and of what runs in them. */
export const containerFailures = entries({
  'engine-address-invalid': {
    message: '"{address}" is no address of a container engine.',
    hint: 'Set DOCKER_HOST or "auteur.runner.containerEngine" to unix:///path/of/the/socket or tcp://host:port, or to nothing.',
  },
  'engine-not-running': {
    message: 'No container engine answers at {address}: {reason}.',
    hint: 'Start Docker or Podman; jobs that wait for it go on by themselves. Where none was queued, generate again.',
  },
  'engine-hung': {
    message: 'The container engine at {address} hangs: it had {seconds} seconds to {action}, and did not.',
    hint: 'Restart it ("sudo systemctl restart docker", or Docker Desktop); jobs that wait for it go on by themselves.',
  },
  'engine-no-permission': {
    message: 'You may not use the container engine at {address}.',
    hint: 'Join the group docker ("sudo usermod -aG docker $USER", then sign in anew), or use a rootless engine.',
  },
  'engine-untrusted': {
    message: 'The container engine at {address} and this machine do not trust each other: {reason}',
    hint: 'Put the right ca.pem, cert.pem and key.pem into the folder that DOCKER_CERT_PATH names.',
  },
  'engine-certificate-missing': {
    message: 'The certificate {file} for the container engine cannot be read: {reason}',
    hint: 'Let DOCKER_CERT_PATH name the folder that holds ca.pem, cert.pem and key.pem.',
  },
  'engine-context-missing': {
    message: 'There is no Docker context "{name}", which is to say where the container engine is.',
    hint: 'Choose one of "docker context ls" with "docker context use", or mend DOCKER_CONTEXT.',
  },
  'engine-elsewhere': {
    message:
      'The container engine at {address} cannot see the files of this machine, so it cannot make takes.',
    hint: 'Use an engine on this machine: unset DOCKER_HOST, or set it to a local socket.',
  },
  'runner-setting-invalid': {
    message: 'The setting {name} of the runner cannot be used: {reason}',
    hint: 'Mend it: in the editor under "auteur.runner", elsewhere in runner.json in the state folder.',
  },
  'engine-refused': {
    message: 'The container engine refused to {action}: {reason}',
    hint: 'Look at the log of the engine, then generate again.',
  },
  'image-missing': {
    message: 'The image {image} is not on this machine and could not be fetched: {reason}',
    hint: 'Check its name and the connection, or build it.',
  },
  'image-build-failed': {
    message: 'The image {image} could not be built: {reason}',
    hint: 'Look at the log of the job, mend what its Dockerfile says, then generate again.',
  },
  'gpu-missing': {
    message: 'The container engine has no access to a graphics card: {reason}',
    hint: 'Install the NVIDIA Container Toolkit, or choose a pipeline that needs no card.',
  },
  'gpu-no-runtime': {
    message: 'The container engine at {address} does not hand {card} to containers: {reason}.',
    hint: 'Install the NVIDIA Container Toolkit; then run "sudo nvidia-ctk runtime configure --runtime=docker" and restart Docker, or for Podman "sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml".',
  },
  'card-unusable': {
    message: 'No container can use {card}: {reason}.',
    hint: 'Declare the card with its "deviceId" in "auteur.runner.devices", or choose a pipeline that needs no card.',
  },
  'vram-too-little': {
    message: 'Pipeline {pipeline} needs a card with {needed} GB, and the largest here has {largest} GB.',
    hint: 'Choose a lower quality or another pipeline, or declare the card in "auteur.runner.devices".',
  },
  'gpu-out-of-memory': {
    message: 'The graphics card ran out of memory: {reason}',
    hint: 'Close what else uses the card, or choose a lower quality or a smaller picture.',
  },
  'container-out-of-memory': {
    message: 'The container used more than the {limit} GB of memory it may use, and was killed.',
    hint: 'Raise "memoryGb" of the pipeline, or choose a lower quality.',
  },
  'container-killed': {
    message: 'The container was killed from outside ({reason}).',
    hint: 'Generate again. If it stays, look whether the machine runs out of memory.',
  },
  'container-failed': {
    message: 'The pipeline ended with exit code {exitCode}: {reason}',
    hint: 'Look at the log of the job, mend what it says, then generate again.',
  },
  'container-time-limit': {
    message: 'The pipeline was not done after {minutes} minutes, and was stopped.',
    hint: 'Raise "timeLimitMinutes" of the pipeline, or choose a lower quality.',
  },
  'container-no-result': {
    message: 'The pipeline ended without a result.',
    hint: 'Its last line has to be {"type":"result","outputs":[…]}; pipelines/README.md says how. Look at the log of the job.',
  },
  'result-invalid': {
    message: 'The result of the pipeline cannot be used: {reason}',
    hint: 'Look at the log of the job; pipelines/README.md says what a result holds.',
  },
  'pipeline-not-allowed': {
    message: 'A file of this workspace asks to run {what}, which you have not allowed on this machine yet.',
    hint: 'If you trust it, allow it ("auteur pipelines allow {pipeline}"), then generate again.',
  },
  'pipeline-needs-no-word': {
    message: 'Pipeline {pipeline} is part of Auteur and runs nothing else, so there is nothing to allow.',
    hint: 'Generate with it as it is; "auteur pipelines" shows all there are.',
  },
  'pipeline-changed': {
    message:
      'Pipeline {pipeline} is not as you have allowed it: {changes} changed since. It asks to run {what}.',
    hint: 'If you trust it, allow it ("auteur pipelines allow {pipeline}"), then generate again.',
  },
  'pipeline-image-changed': {
    message:
      'The image {image} of pipeline {pipeline} is not the one you have allowed: it was {before} and is now {now}.',
    hint: 'If you trust it, allow it ("auteur pipelines allow {pipeline}"), then generate again.',
  },
  'image-not-allowed': {
    message:
      'The image {image} is not on this machine, and is fetched only on your word: it comes from a registry, and often has several GB.',
    hint: 'Build it, or allow the pipeline ("auteur pipelines allow {pipeline}") to have it fetched.',
  },
  'image-not-built': {
    message:
      'The image {image} is not on this machine, and is built only on your word: what it is built from is fetched, and often has several GB.',
    hint: 'Allow the pipeline ("auteur pipelines allow {pipeline}") to have it built when it is needed.',
  },
  'pipeline-repeated': {
    message: 'There is another pipeline {pipeline}, so {file} was left out.',
    hint: 'Give it another "id".',
  },
});
