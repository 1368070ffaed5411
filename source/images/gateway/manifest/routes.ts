import {list, object, type Schema, string} from '../../metallb/manifest/schema.js';
import {
	ageColumn,
	conditions,
	definition,
	duration,
	hostname,
	keyed,
	named,
	port,
	preciseHostname,
	rule,
	rules,
	sectionName,
} from './schema.js';

const same =
	"p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ ))";

const parentRef = object(
	'What the route belongs to.',
	{
		group: named.group({default: 'gateway.networking.k8s.io'}),
		kind: named.kind({default: 'Gateway'}),
		name: named.name,
		namespace: named.namespace,
		port: port('The port.'),
		sectionName: sectionName('The listener.'),
	},
	['name'],
);

const parentRefs: Schema = {
	...list('What the route belongs to.', parentRef),
	maxItems: 32,
	...rules(
		rule(
			'sectionName must be specified when parentRefs includes 2 or more references to the same parent',
			`self.all(p1, self.all(p2, ${same} ? ((!has(p1.sectionName) || p1.sectionName == '') == (!has(p2.sectionName) || p2.sectionName == '')) : true))`,
		),
		rule(
			'sectionName must be unique when parentRefs includes 2 or more references to the same parent',
			`self.all(p1, self.exists_one(p2, ${same} && (((!has(p1.sectionName) || p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))`,
		),
	),
};

const hostnames: Schema = {...list('Names that are asked for.', hostname('A name, or all below one.')), maxItems: 16};

const token = "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$";
const headerName = string('Name of the header.', {minLength: 1, maxLength: 256, pattern: token});
const nameAndValue = (type: boolean): Schema =>
	object(
		'A name with its value.',
		{
			name: headerName,
			...(type && {type: string('How it is compared.', {default: 'Exact', enum: ['Exact', 'RegularExpression']})}),
			value: string('Its value.', {minLength: 1, maxLength: 4096}),
		},
		['name', 'value'],
	);
const headerMatches = {...keyed(list('Headers that a request has.', nameAndValue(true)), 'name'), maxItems: 16};
const modifiers = (description: string): Schema =>
	object(description, {
		add: {...keyed(list('Put beside what is there.', nameAndValue(false)), 'name'), maxItems: 16},
		remove: {...list('Taken away.', {type: 'string'}), maxItems: 16, 'x-kubernetes-list-type': 'set'},
		set: {...keyed(list('Put in place of what is there.', nameAndValue(false)), 'name'), maxItems: 16},
	});

const absolute = ["['Exact','PathPrefix']", 'self.type'] as const;
const never = (what: string): ReturnType<typeof rule> =>
	rule(
		`must not contain '${what}' when type one of ['Exact', 'PathPrefix']`,
		`(${absolute[1]} in ${absolute[0]}) ? !self.value.contains('${what}') : true`,
	);
const neverAtEnd = (what: string): ReturnType<typeof rule> =>
	rule(
		`must not end with '${what}' when type one of ['Exact', 'PathPrefix']`,
		`(${absolute[1]} in ${absolute[0]}) ? !self.value.endsWith('${what}') : true`,
	);

const pathMatch: Schema = {
	...object('The path.', {
		type: string('How it is compared.', {default: 'PathPrefix', enum: ['Exact', 'PathPrefix', 'RegularExpression']}),
		value: string('The path.', {default: '/', maxLength: 1024}),
	}),
	default: {type: 'PathPrefix', value: '/'},
	...rules(
		rule(
			"value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
			"(self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/') : true",
		),
		...['//', '/./', '/../', '%2f', '%2F', '#'].map(never),
		...['/..', '/.'].map(neverAtEnd),
		rule(
			"type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
			"self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'",
		),
		rule(
			"must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']",
			`(self.type in ['Exact','PathPrefix']) ? self.value.matches(r"""^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$""") : true`,
		),
	),
};

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const httpMatch = object('What a request must be like.', {
	headers: headerMatches,
	method: string('Its method.', {enum: methods}),
	path: pathMatch,
	queryParams: {...keyed(list('Parameters of the query.', nameAndValue(true)), 'name'), maxItems: 16},
});

const pathModifier: Schema = {
	...object(
		'The new path.',
		{
			replaceFullPath: string('In place of all of it.', {maxLength: 1024}),
			replacePrefixMatch: string('In place of the prefix that was matched.', {maxLength: 1024}),
			type: string('Which of the two.', {enum: ['ReplaceFullPath', 'ReplacePrefixMatch']}),
		},
		['type'],
	),
	...rules(
		...(['replaceFullPath', 'replacePrefixMatch'] as const).flatMap(field => {
			const type = field[0]!.toUpperCase() + field.slice(1);
			return [
				rule(`${field} must be specified when type is set to '${type}'`, `self.type == '${type}' ? has(self.${field}) : true`),
				rule(`type must be '${type}' when ${field} is set`, `has(self.${field}) ? self.type == '${type}' : true`),
			];
		}),
	),
};

const backendFields = {
	group: named.group({default: ''}),
	kind: named.kind({default: 'Service'}),
	name: named.name,
	namespace: named.namespace,
	port: port('Port of the Service.'),
};
const portRule = rules(
	rule('Must have port for Service reference', "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true"),
);
const extensionRef = object('A filter of the implementation.', {group: named.group(), kind: named.kind(), name: named.name}, [
	'group',
	'kind',
	'name',
]);

const httpFilters: Readonly<Record<string, Schema>> = {
	requestHeaderModifier: modifiers('Changes headers of the request.'),
	responseHeaderModifier: modifiers('Changes headers of the answer.'),
	requestMirror: object('Sends a copy elsewhere.', {backendRef: {...object('Where to.', backendFields, ['name']), ...portRule}}, [
		'backendRef',
	]),
	requestRedirect: object('Sends the client elsewhere.', {
		hostname: preciseHostname('The new name.'),
		path: pathModifier,
		port: port('The new port.'),
		scheme: string('The new scheme.', {enum: ['http', 'https']}),
		statusCode: {description: 'Status of the answer.', type: 'integer', default: 302, enum: [301, 302]},
	}),
	urlRewrite: object('Changes what the backend is asked for.', {hostname: preciseHostname('The new name.'), path: pathModifier}),
	extensionRef,
};

const typeOf = (field: string) => (field === 'urlRewrite' ? 'URLRewrite' : field[0]!.toUpperCase() + field.slice(1));

function filterOf(fields: Readonly<Record<string, Schema>>): Schema {
	const names = Object.keys(fields);
	return {
		...object('One thing that is done to requests or answers.', {...fields, type: string('Which.', {enum: names.map(typeOf)})}, ['type']),
		...rules(
			...names.flatMap(field => [
				rule(
					`filter.${field} must be nil if the filter.type is not ${typeOf(field)}`,
					`!(has(self.${field}) && self.type != '${typeOf(field)}')`,
				),
				rule(
					`filter.${field} must be specified for ${typeOf(field)} filter.type`,
					`!(!has(self.${field}) && self.type == '${typeOf(field)}')`,
				),
			]),
		),
	};
}

const once = (type: string) => rule(`${type} filter cannot be repeated`, `self.filter(f, f.type == '${type}').size() <= 1`);
const notBoth = rule(
	'May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both',
	"!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
);
const filters: Schema = {
	...list('What is done, in this order.', filterOf(httpFilters)),
	maxItems: 16,
	...rules(notBoth, ...['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'].map(once)),
};

const backendRefs = (inner: Schema): Schema => ({
	...list('Who answers.', {
		...object(
			'One of those who answer.',
			{
				...backendFields,
				filters: inner,
				weight: {description: 'Its share.', type: 'integer', format: 'int32', default: 1, minimum: 0, maximum: 1_000_000},
			},
			['name'],
		),
		...portRule,
	}),
	maxItems: 16,
});

const onePrefix = (filter: string, field: string) =>
	rule(
		`When using ${filter} filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified`,
		`(has(self.filters) && self.filters.exists_one(f, has(f.${field}) && has(f.${field}.path) && f.${field}.path.type == 'ReplacePrefixMatch' && has(f.${field}.path.replacePrefixMatch))) ? size(self.matches) == 1 && self.matches.all(m, has(m.path) && m.path.type == 'PathPrefix') : true`,
	);

const root = [{path: {type: 'PathPrefix', value: '/'}}];
const httpRule: Schema = {
	...object('Requests, what is done to them, and who answers.', {
		backendRefs: backendRefs(filters),
		filters,
		matches: {...list('Requests that it is for; one that fits is enough.', httpMatch), default: root, maxItems: 64},
		timeouts: {
			...object('How long things may take.', {backendRequest: duration('One try.'), request: duration('All of it.')}),
			...rules(
				rule(
					'backendRequest timeout cannot be longer than request timeout',
					"!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))",
				),
			),
		},
	}),
	...rules(
		rule(
			'RequestRedirect filter must not be used together with backendRefs',
			'(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true',
		),
		onePrefix('RequestRedirect', 'requestRedirect'),
		onePrefix('URLRewrite', 'urlRewrite'),
	),
};

const parentStatus = object(
	'What one Gateway says of the route.',
	{conditions: {...conditions(), minItems: 1}, controllerName: string('Whose word it is.', {minLength: 1, maxLength: 253}), parentRef},
	['controllerName', 'parentRef'],
);
const status = object('What Gateways say of the route.', {parents: {...list('One for each parent.', parentStatus), maxItems: 32}}, [
	'parents',
]);
const columns = [{name: 'Hostnames', type: 'string', jsonPath: '.spec.hostnames'}, ageColumn];

export const httpRoutes = definition({
	kind: 'HTTPRoute',
	plural: 'httproutes',
	shortNames: [],
	versions: ['v1', 'v1beta1'],
	description: 'Which HTTP requests go where.',
	columns,
	spec: object('Names and rules.', {
		hostnames,
		parentRefs,
		rules: {...list('Rules; the most exact match wins.', httpRule), default: [{matches: root}], maxItems: 16},
	}),
	status,
	required: ['spec'],
});

const grpcMethod: Schema = {
	...object('Service and method.', {
		method: string('The method.', {maxLength: 1024}),
		service: string('The service.', {maxLength: 1024}),
		type: string('How they are compared.', {default: 'Exact', enum: ['Exact', 'RegularExpression']}),
	}),
	...rules(rule("One or both of 'service' or 'method' must be specified", 'has(self.type) ? has(self.service) || has(self.method) : true')),
};
const {requestHeaderModifier, responseHeaderModifier, requestMirror} = httpFilters as Record<string, Schema>;
const grpcFilters: Schema = {
	...list(
		'What is done, in this order.',
		filterOf({
			requestHeaderModifier: requestHeaderModifier!,
			responseHeaderModifier: responseHeaderModifier!,
			requestMirror: requestMirror!,
			extensionRef,
		}),
	),
	maxItems: 16,
	...rules(...['RequestHeaderModifier', 'ResponseHeaderModifier'].map(once)),
};

export const grpcRoutes = definition({
	kind: 'GRPCRoute',
	plural: 'grpcroutes',
	shortNames: [],
	versions: ['v1'],
	description: 'Which gRPC calls go where.',
	columns,
	spec: object('Names and rules.', {
		hostnames,
		parentRefs,
		rules: {
			...list(
				'Rules; the most exact match wins.',
				object('Calls, what is done to them, and who answers.', {
					backendRefs: backendRefs(grpcFilters),
					filters: grpcFilters,
					matches: {...list('Calls that it is for.', object('', {headers: headerMatches, method: grpcMethod})), maxItems: 64},
				}),
			),
			maxItems: 16,
		},
	}),
	status,
});
