import type {KubeObject} from '../../api/object.js';

const tokenVolume = /^kube-api-access-[a-z0-9]{5}$/;
const added = ['serviceAccountName', 'serviceAccount', 'priority', 'preemptionPolicy', 'nodeName'] as const;
const patience = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** A pod as its creator sent it: without account, token volume, priority and the tolerations that every pod gets. */
export function asSent(pod: KubeObject): KubeObject {
	const spec = {...pod['spec']};
	for (const field of added) delete spec[field];
	keep(spec, 'volumes', volume => !tokenVolume.test(volume.name));
	keep(spec, 'tolerations', ({key, tolerationSeconds}) => !(patience.includes(key) && tolerationSeconds === 300));
	for (const list of ['containers', 'initContainers'])
		if (spec[list])
			spec[list] = spec[list].map((container: any) => keep({...container}, 'volumeMounts', ({name}) => !tokenVolume.test(name)));
	return {...pod, spec};
}

/** Pending, and bound to a node: the scheduler's binding is nobody's write. */
export function atBirth(pod: KubeObject): KubeObject {
	const conditions = ((pod['status']?.conditions ?? []) as any[]).filter(({type, status}) => type === 'PodScheduled' && status === 'True');
	return {...pod, status: {phase: 'Pending', qosClass: pod['status']?.qosClass, ...(conditions.length > 0 && {conditions})}};
}

function keep(owner: any, field: string, wanted: (item: any) => boolean): any {
	const left = owner[field]?.filter(wanted);
	if (left?.length) owner[field] = left;
	else delete owner[field];
	return owner;
}
