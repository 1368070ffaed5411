/** The shapes that the manifests of the documentation are made of. */
type Labels = Readonly<Record<string, string>>;

interface Workload {
	readonly name: string;
	readonly labels: Labels;
	/** Of the selector and the pods, where they are others. */
	readonly selector?: Labels;
	readonly replicas?: number;
	readonly container: object;
	/** Of the Deployment itself; absent: it has none. */
	readonly own?: Labels;
}

export const deployment = ({name, labels, selector = labels, replicas, container, own}: Workload) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name, ...(own && {labels: own})},
	spec: {
		...(replicas !== undefined && {replicas}),
		selector: {matchLabels: selector},
		template: {metadata: {labels}, spec: {containers: [container]}},
	},
});

export const service = (
	name: string,
	selector: Labels,
	ports: readonly object[],
	more: {readonly type?: string; readonly labels?: Labels} = {},
) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name, ...(more.labels && {labels: more.labels})},
	spec: {...(more.type && {type: more.type}), selector, ports},
});

export const pod = (name: string, container: object, {labels, spec}: {readonly labels?: Labels; readonly spec?: object} = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {...(labels && {labels}), name},
	spec: {containers: [container], ...spec},
});

export const tcp = (port: number, more: object = {}) => ({protocol: 'TCP', port, ...more});
export const nginx = (image = 'nginx:1.14.2') => ({name: 'nginx', image, ports: [{containerPort: 80}]});
