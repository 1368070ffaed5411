import {chartDocuments} from '../charts/repositories.js';
import {exampleDocuments} from '../examples/examples.js';
import {gatewayDocuments} from '../gateway/manifest/documents.js';
import {ingressNginxDeploy} from '../ingress-nginx/manifest/manifest.js';
import {metallbNative} from '../metallb/manifest/manifest.js';
import {metricsServerComponents} from '../metrics-server/manifest.js';

const metricsServer = 'github.com/kubernetes-sigs/metrics-server/releases';
const ingressNginx = 'raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.11.2/deploy/static/provider';

/** Documents of the simulated internet, by URL without scheme. Made when somebody asks. */
export const documents: ReadonlyMap<string, () => string | Uint8Array> = new Map<string, () => string | Uint8Array>([
	['raw.githubusercontent.com/metallb/metallb/v0.14.8/config/manifests/metallb-native.yaml', metallbNative],
	[`${metricsServer}/latest/download/components.yaml`, metricsServerComponents],
	[`${metricsServer}/download/v0.7.2/components.yaml`, metricsServerComponents],
	[`${ingressNginx}/cloud/deploy.yaml`, () => ingressNginxDeploy('cloud')],
	[`${ingressNginx}/baremetal/deploy.yaml`, () => ingressNginxDeploy('baremetal')],
	...exampleDocuments,
	...gatewayDocuments,
	...chartDocuments,
]);
