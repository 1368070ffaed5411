import type {Admission} from '../api/admission.js';

const seconds = 300;
const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** Pods stay five minutes on a node that is lost. Models plugin/pkg/admission/defaulttolerationseconds. */
export default {
	name: 'DefaultTolerationSeconds',
	resources: ['pods'],
	operations: ['create', 'update'],
	admit({draft, subresource}) {
		if (!draft || subresource) return;
		const present: any[] = draft['spec'].tolerations ?? [];
		const covers = (key: string) =>
			present.some(toleration => (!toleration.key || toleration.key === key) && (!toleration.effect || toleration.effect === 'NoExecute'));
		const missing = keys
			.filter(key => !covers(key))
			.map(key => ({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: seconds}));
		if (missing.length > 0) draft['spec'].tolerations = [...present, ...missing];
	},
} satisfies Admission;
