import {nginxGatewayDeploy} from './deploy.js';
import {nginxGatewayCrds} from './nginx-crds.js';
import {gatewayApiStandard} from './standard-install.js';

const releases = 'github.com/kubernetes-sigs/gateway-api/releases/download';
const fabric = 'raw.githubusercontent.com/nginx/nginx-gateway-fabric/v1.6.2/deploy';

/** Gateway API and NGINX Gateway Fabric, at the addresses that their guides give. */
export const gatewayDocuments: ReadonlyArray<readonly [url: string, text: () => string]> = [
	[`${releases}/v1.2.1/standard-install.yaml`, gatewayApiStandard],
	[`${fabric}/crds.yaml`, nginxGatewayCrds],
	[`${fabric}/default/deploy.yaml`, () => nginxGatewayDeploy('LoadBalancer')],
	[`${fabric}/nodeport/deploy.yaml`, () => nginxGatewayDeploy('NodePort')],
];
