import { makePackage } from '../lib/extensionPackage.ts';
import type { Report } from './lib/finding.ts';
import { atHome } from './lib/place.ts';

/** Also builds what the other benchmarks measure, as it is released. */
export function sizes(): Promise<Report> {
  return atHome(async ({ root }) => {
    const { bytes, entryBytes, native } = await makePackage(root);
    return {
      title: 'Sizes',
      how: '`npm run package`: the bundle that VS Code loads on activation, and the whole package. 1 kB is 1000 bytes.',
      findings: [
        {
          what: 'Entry bundle, minified',
          bar: { atMost: 300, unit: 'kB' },
          samples: [entryBytes / 1000],
        },
        { what: 'Package (.vsix)', bar: { atMost: 6, unit: 'MB' }, samples: [bytes / 1e6] },
        { what: 'Native add-ons in it', bar: { atMost: 0, unit: 'files' }, samples: [native.length] },
      ],
    };
  });
}
