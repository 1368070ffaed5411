import type {KubeObject} from '../../api/object.js';
import {type Arguments, isOn} from './arguments.js';

const annotation = 'kubernetes.io/ingress.class';

/** Which class of ours an Ingress has, or why it is none of ours (store.go GetIngressClass). `_` stands for no class at all. */
export function classOf(ingress: KubeObject, classes: readonly string[], given: Arguments): string | {readonly error: string} {
	const name: string | undefined = ingress['spec']?.ingressClassName;
	if (name !== undefined && name !== null)
		return classes.includes(name) ? name : {error: `no object matching key ${JSON.stringify(name)} in local store`};
	const asked = ingress.metadata.annotations?.[annotation];
	if (asked !== undefined)
		return asked === given['ingress-class']
			? asked
			: {error: 'ingress class annotation is not equal to the expected by Ingress Controller'};
	return isOn(given, 'watch-ingress-without-class') ? '_' : {error: 'ingress does not contain a valid IngressClass'};
}

/** Whether an IngressClass is for this controller. */
export const isOurClass = ({metadata, ...rest}: KubeObject, given: Arguments): boolean =>
	(isOn(given, 'ingress-class-by-name') && metadata.name === given['ingress-class']) ||
	rest['spec']?.controller === given['controller-class'];
