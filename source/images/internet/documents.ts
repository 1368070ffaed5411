import {metallbNative} from '../metallb/manifest/manifest.js';

/** Documents of the simulated internet, by URL without scheme. Made when somebody asks. */
export const documents: ReadonlyMap<string, () => string> = new Map([
	['raw.githubusercontent.com/metallb/metallb/v0.14.8/config/manifests/metallb-native.yaml', metallbNative],
]);
