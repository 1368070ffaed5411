import {metallbObjects} from '../metallb/manifest/manifest.js';
import type {CatalogueChart} from './chart.js';
import {helpers, hole, mapTexts, template} from './template.js';

const full = hole('include "metallb.fullname" .');
const base = {'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/instance': hole('.Release.Name')};
const own = {
	...base,
	'helm.sh/chart': hole('printf "%s-%s" .Chart.Name .Chart.Version'),
	'app.kubernetes.io/version': hole('.Chart.AppVersion | quote'),
	'app.kubernetes.io/managed-by': hole('.Release.Service'),
};
const componentOf = (component: unknown) => (component === undefined ? {} : {'app.kubernetes.io/component': component});
const isDefinition = ({kind}: any) => kind === 'CustomResourceDefinition';

/** Labels of the manifest, as a chart writes them. */
function relabelled(value: any): any {
	if (Array.isArray(value)) return value.map(relabelled);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]: [string, any]) => {
			if ((key === 'matchLabels' || key === 'selector') && item.component) return [key, {...base, ...componentOf(item.component)}];
			if (key === 'labels' && item.app) return [key, {...own, ...componentOf(item.component)}];
			return [key, relabelled(item)];
		}),
	);
}

function parts(): any[] {
	const objects = metallbObjects.filter((object: any) => object.kind !== 'Namespace' && !isDefinition(object));
	const named = mapTexts(objects, (text, path) => {
		const [key, above] = [path.at(-1)!, path.at(-2)];
		if (text.startsWith('app=metallb,component='))
			return `app.kubernetes.io/name=metallb,app.kubernetes.io/component=${text.slice(text.lastIndexOf('=') + 1)}`;
		if (key === 'namespace') return hole('.Release.Namespace');
		if (text === 'memberlist' || (key === 'secretName' && text === 'memberlist'))
			return above === 'volumes' || above === 'volumeMounts' ? (key === 'name' ? text : `${full}-memberlist`) : `${full}-memberlist`;
		if (above === 'containers' || above === 'ports' || above === 'matchLabels' || above === 'labels' || above === 'selector') return text;
		if (
			(key === 'name' || key === 'serviceAccountName' || key === 'value' || key === 'resourceNames') &&
			/^(controller|speaker|pod-lister)$/.test(text)
		)
			return `${full}-${text}`;
		return text.replace(/^metallb-system:(controller|speaker)$/, `${full}:$1`);
	});
	return relabelled(named);
}

function workload(object: any, component: 'controller' | 'speaker'): any {
	const changed = mapTexts(object, (text, path) => {
		if (path.at(-1) === 'image')
			return `${hole(`.Values.${component}.image.repository`)}:${hole(`.Values.${component}.image.tag | default .Chart.AppVersion`)}`;
		if (path.at(-1) === 'args' && text.startsWith('--log-level')) return `--log-level=${hole(`.Values.${component}.logLevel`)}`;
		return text;
	});
	const {spec} = changed.spec.template;
	return {
		...changed,
		spec: {
			...changed.spec,
			template: {
				...changed.spec.template,
				spec: {...spec, nodeSelector: hole(`toJson (merge (dict "kubernetes.io/os" "linux") .Values.${component}.nodeSelector)`)},
			},
		},
	};
}

/** https://metallb.github.io/metallb */
export const metallbChart: CatalogueChart = {
	metadata: {
		apiVersion: 'v2',
		name: 'metallb',
		version: '0.14.8',
		appVersion: 'v0.14.8',
		description: 'A network load-balancer implementation for Kubernetes using standard routing protocols',
		type: 'application',
		home: 'https://metallb.universe.tf',
		kubeVersion: '>= 1.19.0-0',
		dependencies: [{name: 'crds', version: '0.14.8', repository: '', condition: 'crds.enabled'}],
	},
	values: {
		nameOverride: '',
		fullnameOverride: '',
		controller: {enabled: true, logLevel: 'info', image: {repository: 'quay.io/metallb/controller', tag: ''}, nodeSelector: {}},
		speaker: {enabled: true, logLevel: 'info', image: {repository: 'quay.io/metallb/speaker', tag: ''}, nodeSelector: {}},
		crds: {enabled: true},
	},
	files() {
		const objects = parts();
		const kinds = (pattern: RegExp) => objects.filter(object => pattern.test(object.kind));
		const definitions = mapTexts(metallbObjects.filter(isDefinition), (text, path) =>
			path.at(-1) === 'namespace' ? hole('.Release.Namespace') : text,
		);
		return [
			helpers('metallb'),
			template('rbac', kinds(/Role|ServiceAccount/)),
			template('webhooks', kinds(/^(Service|Secret|ValidatingWebhookConfiguration)$/)),
			template('exclude-l2-config', kinds(/^ConfigMap$/), '.Values.speaker.enabled'),
			template(
				'controller',
				kinds(/^Deployment$/).map(object => workload(object, 'controller')),
				'.Values.controller.enabled',
			),
			template(
				'speaker',
				kinds(/^DaemonSet$/).map(object => workload(object, 'speaker')),
				'.Values.speaker.enabled',
			),
			{
				name: 'templates/NOTES.txt',
				text: 'MetalLB is now running in the cluster.\n\nNow you can configure it via its CRs. Please refer to the metallb official docs\non how to use the CRs.\n',
			},
			{
				name: 'charts/crds/Chart.yaml',
				text: 'apiVersion: v2\nname: crds\nversion: 0.14.8\nappVersion: v0.14.8\ndescription: MetalLB CRDs\ntype: application\n',
			},
			{name: 'charts/crds/values.yaml', text: '{}\n'},
			{...template('crds', definitions), name: 'charts/crds/templates/crds.yaml'},
		];
	},
};
