import type { Setting, TimeOfDay } from '../../core/model/project.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { CameraAngle, CameraMovement, ShotSize } from '../../core/model/shotList.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { Translate } from '../translate.ts';

export function qualityName(t: Translate, quality: Quality): string {
  const names = { low: t('low quality'), standard: t('standard quality'), high: t('high quality') };
  return names[quality];
}

export function sizeName(t: Translate, size: ShotSize): string {
  const names = {
    ECU: t('extreme close-up'),
    CU: t('close-up'),
    MCU: t('medium close-up'),
    MS: t('medium shot'),
    MWS: t('medium wide shot'),
    WS: t('wide shot'),
    EWS: t('extreme wide shot'),
  };
  return names[size];
}

export function angleName(t: Translate, angle: CameraAngle): string {
  const names = {
    low: t('low angle'),
    eye: t('eye level'),
    high: t('high angle'),
    'birds-eye': t("bird's eye"),
    dutch: t('dutch angle'),
  };
  return names[angle];
}

export function movementName(t: Translate, movement: CameraMovement): string {
  const names = {
    static: t('static'),
    pan: t('pan'),
    tilt: t('tilt'),
    dolly: t('dolly'),
    truck: t('truck'),
    crane: t('crane'),
    zoom: t('zoom'),
    handheld: t('handheld'),
  };
  return names[movement];
}

export function settingName(t: Translate, setting: Setting): string {
  const names = { INT: t('interior'), EXT: t('exterior'), 'INT/EXT': t('interior and exterior') };
  return names[setting];
}

export function timeName(t: Translate, time: TimeOfDay): string {
  const names = {
    dawn: t('DAWN'),
    morning: t('MORNING'),
    day: t('DAY'),
    afternoon: t('AFTERNOON'),
    dusk: t('DUSK'),
    night: t('NIGHT'),
  };
  return names[time];
}

/** Why a take cannot be looked at, or undefined where it can. */
export function statusOfMedia(t: Translate, media: TakeView['media']): string | undefined {
  const names = {
    present: undefined,
    pointer: t('not downloaded'),
    missing: t('file missing'),
    deleted: t('deleted'),
  };
  return names[media];
}
