const webhook = (kind: string, version: string, resource: string, operations = ['CREATE', 'UPDATE']) => ({
	admissionReviewVersions: ['v1'],
	clientConfig: {
		service: {name: 'metallb-webhook-service', namespace: 'metallb-system', path: `/validate-metallb-io-${version}-${kind}`},
	},
	failurePolicy: 'Fail',
	name: `${kind}validationwebhook.metallb.io`,
	rules: [{apiGroups: ['metallb.io'], apiVersions: [version], operations, resources: [resource]}],
	sideEffects: 'None',
});

/** Who judges MetalLB's own objects. */
export const webhooks: object = {
	apiVersion: 'admissionregistration.k8s.io/v1',
	kind: 'ValidatingWebhookConfiguration',
	metadata: {creationTimestamp: null, name: 'metallb-webhook-configuration'},
	webhooks: [
		webhook('bgppeer', 'v1beta2', 'bgppeers'),
		webhook('bfdprofile', 'v1beta1', 'bfdprofiles', ['CREATE', 'DELETE']),
		webhook('bgpadvertisement', 'v1beta1', 'bgpadvertisements'),
		webhook('community', 'v1beta1', 'communities'),
		webhook('ipaddresspool', 'v1beta1', 'ipaddresspools'),
		webhook('l2advertisement', 'v1beta1', 'l2advertisements'),
	],
};
