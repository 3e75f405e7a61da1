// Loaded into the built `auteur` by `node --import`: plays the fault that the environment names.
import { subscribe } from 'node:diagnostics_channel';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { stepChannelName } from '../../src/core/storage/steps.ts';
import { watchDisk } from './disk.ts';
import { DiskErrors } from './diskErrors.ts';
import { faultVariable, type Fault, type KillAtStep } from './fault.ts';
import { killNow } from './kill.ts';
import { countChanges } from './countChanges.ts';
import { PowerFailureModel } from './powerFailure.ts';

function play(fault: Fault): void {
  switch (fault.kind) {
    case 'step':
      killAtStep(fault);
      return;
    case 'power':
      watchDisk(fault.root, new PowerFailureModel(fault));
      return;
    case 'error':
      watchDisk(fault.root, new DiskErrors(fault));
      return;
    case 'count':
      watchDisk(fault.root, countChanges(fault.report));
  }
}

function killAtStep({ step, nth }: KillAtStep): void {
  let times = 0;
  subscribe(stepChannelName, (message) => {
    if (message !== step || ++times !== nth) return;
    killNow([process.pid]);
  });
}

const text = process.env[faultVariable];
if (isMainThread && text !== undefined) play(JSON.parse(text) as Fault);
