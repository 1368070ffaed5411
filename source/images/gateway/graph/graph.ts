import {messageOf} from '../../../api/field-error.js';
import {forbidden} from '../../../kinds/errors.js';
import {classConditions, type Condition, gatewayConditions} from '../conditions.js';
import {bundleVersion} from '../manifest/schema.js';
import {type Custom, older, type Objects, resources} from '../resources.js';
import {attach, type Gateways} from './attach.js';
import {buildListeners} from './listeners.js';
import {type Attachment, buildRoute, type Route} from './routes.js';

export interface AttachedRoute extends Route {
	readonly attachments: readonly Attachment[];
}

/** What the objects of the API come to: the one class, the one Gateway, and the routes that want to be there. */
export interface Graph {
	readonly ownClass?: {readonly source: Custom; readonly conditions: readonly Condition[]};
	readonly otherClasses: readonly Custom[];
	readonly gateways?: Gateways & {readonly conditions: readonly Condition[]};
	readonly routes: readonly AttachedRoute[];
}

export interface Given {
	readonly className: string;
	readonly controllerName: string;
	/** Ports of the control plane itself. */
	readonly ports: ReadonlyMap<number, string>;
}

export function buildGraph(objects: Objects, given: Given): Graph {
	const classes = objects.classes.filter(({spec}) => spec.controllerName === given.controllerName);
	const own = classes.find(({metadata}) => metadata.name === given.className);
	const ownClass = own && {source: own, conditions: judgeClass(own, objects)};
	const otherClasses = classes.filter(each => each !== own);
	const [winner, ...ignored] = objects.gateways.filter(({spec}) => spec.gatewayClassName === given.className).sort(older);
	if (!winner) return {...(ownClass && {ownClass}), otherClasses, routes: []};
	const conditions = judgeGateway(winner, ownClass);
	const valid = conditions.length === 0;
	const listeners = valid ? buildListeners(winner, objects, given.ports) : [];
	const gateways = {winner, ignored, valid, listeners, conditions};
	const routes = [...objects.httpRoutes, ...objects.grpcRoutes]
		.filter(source => source.spec.parentRefs?.length > 0)
		.map(source => buildRoute(source, objects))
		.map(route => ({...route, attachments: attach(route, gateways, objects)}))
		.filter(({attachments}) => attachments.length > 0);
	return {...(ownClass && {ownClass}), otherClasses, gateways, routes};
}

function judgeClass({spec}: Custom, objects: Objects): readonly Condition[] {
	const {parametersRef} = spec;
	const definition = objects.find(resources.definitions, undefined, 'gateways.gateway.networking.k8s.io');
	const version = definition?.metadata.annotations?.['gateway.networking.k8s.io/bundle-version'] ?? bundleVersion;
	const minor = (text: string) => text.split('.').slice(0, 2).join('.');
	return [
		classConditions.accepted,
		minor(version) === minor(bundleVersion) ? classConditions.supported : classConditions.bestEffort(bundleVersion),
		...(parametersRef && parametersRef.kind !== 'NginxProxy'
			? [
					classConditions.invalidParameters(
						`spec.parametersRef.kind: Unsupported value: ${JSON.stringify(parametersRef.kind)}: supported values: "NginxProxy"`,
					),
				]
			: []),
	];
}

function judgeGateway({spec}: Custom, ownClass: Graph['ownClass']): readonly Condition[] {
	if (!ownClass) return gatewayConditions.invalid("GatewayClass doesn't exist");
	if (ownClass.conditions.some(({type, status}) => type === 'Accepted' && status === 'False'))
		return gatewayConditions.invalid('GatewayClass is invalid');
	if ((spec.addresses ?? []).length > 0)
		return gatewayConditions.unsupported(messageOf(forbidden('spec.addresses', 'addresses are not supported')));
	return [];
}
