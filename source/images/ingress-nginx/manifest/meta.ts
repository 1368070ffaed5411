export const namespace = 'ingress-nginx';

/** Labels that tell the parts of the release apart. */
export const selectorOf = (component: Component) => ({
	'app.kubernetes.io/component': component,
	'app.kubernetes.io/instance': 'ingress-nginx',
	'app.kubernetes.io/name': 'ingress-nginx',
});

export type Component = 'controller' | 'admission-webhook';

export const labelsOf = (component?: Component) => ({
	...(component && {'app.kubernetes.io/component': component}),
	'app.kubernetes.io/instance': 'ingress-nginx',
	'app.kubernetes.io/name': 'ingress-nginx',
	'app.kubernetes.io/part-of': 'ingress-nginx',
	'app.kubernetes.io/version': '1.11.2',
});

/** Metadata of an object; of the whole cluster without `namespace`. */
export const meta = (name: string, component?: Component, scope: 'namespaced' | 'cluster' = 'namespaced') => ({
	labels: labelsOf(component),
	name,
	...(scope === 'namespaced' && {namespace}),
});
