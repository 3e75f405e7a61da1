import { documentFailures } from './failures/documentFailures.ts';
import { assetFailures } from './failures/assetFailures.ts';
import { comfyuiFailures } from './failures/comfyuiFailures.ts';
import { containerFailures } from './failures/containerFailures.ts';
import { editFailures } from './failures/editFailures.ts';
import { gitFailures } from './failures/gitFailures.ts';
import { jobFailures } from './failures/jobFailures.ts';
import { machineFailures } from './failures/machineFailures.ts';
import { problemFailures } from './failures/problemFailures.ts';
import { projectFailures } from './failures/projectFailures.ts';
import { remoteFailures } from './failures/remoteFailures.ts';
import { taskFailures } from './failures/taskFailures.ts';
import { workFailures } from './failures/workFailures.ts';

/** Every failure a user can meet. */
export const catalogue = {
  ...documentFailures,
  ...assetFailures,
  ...comfyuiFailures,
  ...containerFailures,
  ...editFailures,
  ...gitFailures,
  ...jobFailures,
  ...machineFailures,
  ...problemFailures,
  ...projectFailures,
  ...remoteFailures,
  ...taskFailures,
  ...workFailures,
};

export type ErrorCode = keyof typeof catalogue;
