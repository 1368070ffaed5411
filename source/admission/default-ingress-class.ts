import type {Admission} from '../api/admission.js';
import {youngest} from './default-class.js';

const mark = 'ingressclass.kubernetes.io/is-default-class';

/** Models plugin/pkg/admission/network/defaultingressclass. */
export default {
	name: 'DefaultIngressClass',
	resources: ['ingresses.networking.k8s.io'],
	operations: ['create'],
	admit({draft, reader}) {
		if (draft!['spec']?.ingressClassName !== undefined || draft!.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined)
			return;
		const found = youngest(reader.list('ingressclasses.networking.k8s.io').filter(({metadata}) => metadata.annotations?.[mark] === 'true'));
		if (found) (draft!['spec'] ??= {}).ingressClassName = found.metadata.name;
	},
} satisfies Admission;
