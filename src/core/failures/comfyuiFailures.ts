import { entries } from './entry.ts';

/** Failures of ComfyUI servers and of the workflows they run. */
export const comfyuiFailures = entries({
  'no-library': {
    message: 'The film at {path} lies in no workspace, so there is no Library for a pipeline.',
    hint: 'Move it into the folder "Projects" of a workspace, or put the pipeline into "pipelines" of the state folder.',
  },
  'comfyui-not-running': {
    message: 'The ComfyUI server at {server} does not answer: {reason}.',
    hint: 'Start it ("make up-with-comfyui" starts one in a container), or correct "server" of the pipeline.',
  },
  'comfyui-not-comfyui': {
    message: 'What answers at {server} is no ComfyUI: {reason}.',
    hint: 'Look which program listens there, or correct "server" of the pipeline.',
  },
  'comfyui-refused': {
    message: 'ComfyUI at {server} refused to {action}: {reason}',
    hint: 'Look at the log of ComfyUI, then generate again.',
  },
  'comfyui-answer-too-large': {
    message: 'ComfyUI at {server} answers {path} with more than {limit}, which is not read.',
    hint: 'Clear its queue and its history, or look which program listens there, then generate again.',
  },
  'comfyui-vram-too-little': {
    message:
      'Pipeline {pipeline} needs a card with {needed} GB, and the largest of {server} has {largest} GB.',
    hint: 'Choose a lower quality or another pipeline, or correct "vramGb" of the pipeline.',
  },
  'workflow-missing': {
    message: 'There is no workflow {path}.',
    hint: 'Look whether the path is right; ComfyUI saves one with Workflow > Export (API).',
  },
  'comfyui-workflow-format': {
    message: '{path} is in the format of the ComfyUI editor, which no server runs.',
    hint: 'Open it in ComfyUI, choose Workflow > Export (API), and use the file that it saves.',
  },
  'comfyui-mapping-broken': {
    message:
      'Pipeline {pipeline} puts "{name}" into input {input} of node {node}, which its workflow does not have.',
    hint: 'Correct "inputs" of the pipeline, or run "auteur pipelines add" with the new workflow.',
  },
  'comfyui-output-unknown': {
    message: 'Pipeline {pipeline} takes its files from node {node}, which its workflow does not have.',
    hint: 'Correct "output" of the pipeline, or leave it out.',
  },
  'comfyui-workflow-rejected': {
    message: 'ComfyUI does not accept the workflow: {reason}',
    hint: 'Open the workflow in ComfyUI, mend what it says, export it again (API), then generate again.',
  },
  'comfyui-node-missing': {
    message: 'ComfyUI at {server} has no node of the type {type}.',
    hint: 'Install the custom nodes that the workflow uses, restart ComfyUI, then generate again.',
  },
  'comfyui-model-missing': {
    message: 'ComfyUI at {server} has no "{value}", which node {node} asks for as "{input}".',
    hint: 'Put the file into the folder of ComfyUI where it belongs, or choose in the workflow one that is there.',
  },
  'comfyui-references': {
    message: 'The workflow takes {needed} reference pictures, and shot {address} has {found}.',
    hint: 'Give its characters or its location a picture, or take "reference" out of the pipeline.',
  },
  'comfyui-node-failed': {
    message: 'Node {node} of the workflow failed: {reason}',
    hint: 'Look at the log of ComfyUI, mend what it says, then generate again.',
  },
  'comfyui-interrupted': {
    message: 'The workflow was interrupted at the ComfyUI server.',
    hint: 'Somebody has stopped it there; generate again.',
  },
  'comfyui-removed': {
    message: 'The workflow was taken out of the queue of the ComfyUI server.',
    hint: 'Somebody has removed it there; generate again.',
  },
  'comfyui-forgotten': {
    message: 'ComfyUI at {server} was restarted twice while it ran the workflow, and forgot it.',
    hint: 'Most often it ran out of memory: look at its log, choose a smaller picture, then generate again.',
  },
  'comfyui-time-limit': {
    message: 'The workflow was not done after {minutes} minutes, and was stopped.',
    hint: 'Raise "timeLimitMinutes" of the pipeline, or choose a lower quality.',
  },
  'comfyui-no-output': {
    message: 'The workflow ended without a file of {where}.',
    hint: 'It needs a node that saves, such as Save Image; "output" of the pipeline names the one to take.',
  },
  'comfyui-output-unusable': {
    message: 'The output "{file}" of ComfyUI cannot be used: {reason}',
    hint: 'Look at the output in ComfyUI, then generate again.',
  },
  'comfyui-identical': {
    message: 'ComfyUI made nothing new: its result is identical to {what}.',
    hint: 'Map "seed" or "filename" in the pipeline, so that the workflow of each take differs; or ask for another seed.',
  },
});
