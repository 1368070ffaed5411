import type {Admission} from '../api/admission.js';

/** Nobody gets at an image because a node has it already. Models plugin/pkg/admission/alwayspullimages. */
export default {
	name: 'AlwaysPullImages',
	optional: true,
	resources: ['pods'],
	operations: ['create', 'update'],
	admit({draft, subresource}) {
		if (subresource) return;
		const {containers = [], initContainers = []} = draft!['spec'];
		for (const container of [...containers, ...initContainers]) container.imagePullPolicy = 'Always';
	},
} satisfies Admission;
