/** What a value may be chosen from. The windows show these without the schemas, which load slower. */
export const settings = ['INT', 'EXT', 'INT/EXT'] as const;
export const timesOfDay = ['dawn', 'morning', 'day', 'afternoon', 'dusk', 'night'] as const;
export const assetCategories = ['characters', 'locations', 'styles', 'music'] as const;
export const qualities = ['low', 'standard', 'high'] as const;
export const shotSizes = ['ECU', 'CU', 'MCU', 'MS', 'MWS', 'WS', 'EWS'] as const;
export const cameraAngles = ['low', 'eye', 'high', 'birds-eye', 'dutch'] as const;
export const cameraMovements = [
  'static',
  'pan',
  'tilt',
  'dolly',
  'truck',
  'crane',
  'zoom',
  'handheld',
] as const;
