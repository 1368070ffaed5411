import type {Admission} from '../api/admission.js';

const taint = {key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'};

/** A new node takes no pods until its kubelet says that it is ready. Models plugin/pkg/admission/nodetaint. */
export default {
	name: 'TaintNodesByCondition',
	resources: ['nodes'],
	operations: ['create'],
	admit({draft}) {
		// The node lifecycle controller would take it away again from a node that is made ready.
		if (draft!['status']?.conditions?.some((condition: any) => condition.type === 'Ready' && condition.status === 'True')) return;
		const taints: any[] = draft!['spec'].taints ?? [];
		if (!taints.some(({key, effect}) => key === taint.key && effect === taint.effect)) draft!['spec'].taints = [...taints, taint];
	},
} satisfies Admission;
