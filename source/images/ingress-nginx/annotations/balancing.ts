import type {SessionAffinity, TrafficShaping, UpstreamHash} from '../configuration.js';
import type {AnnotationReader} from './reader.js';

export interface Canary {
	readonly enabled: boolean;
	readonly shaping: TrafficShaping;
}

const notShaped: TrafficShaping = {weight: 0, weightTotal: 0, header: '', headerValue: '', headerPattern: '', cookie: ''};

/** annotations/canary/main.go: settings without `canary: "true"` are a mistake that takes them away. */
export function canary({text, boolean, float}: AnnotationReader): Canary {
	const enabled = boolean('canary') ?? false;
	const whole = (name: string, otherwise: number) => Math.trunc(float(name) ?? otherwise);
	return {
		enabled,
		shaping: enabled
			? {
					weight: whole('canary-weight', 0),
					weightTotal: whole('canary-weight-total', 100),
					header: text('canary-by-header') ?? '',
					headerValue: text('canary-by-header-value') ?? '',
					headerPattern: text('canary-by-header-pattern') ?? '',
					cookie: text('canary-by-cookie') ?? '',
				}
			: notShaped,
	};
}

export interface Affinity extends Pick<SessionAffinity, 'type' | 'mode'> {
	readonly canaryBehaviour: string;
	readonly cookie: Omit<SessionAffinity['cookie'], 'locations'>;
}

const noCookie: Affinity['cookie'] = {
	name: '',
	expires: '',
	maxAge: '',
	path: '',
	domain: '',
	sameSite: '',
	conditionalSameSiteNone: false,
	changeOnFailure: false,
};

/** annotations/sessionaffinity/main.go */
export function affinity({text, boolean}: AnnotationReader): Affinity {
	const type = text('affinity') === 'cookie' ? 'cookie' : '';
	const seconds = (name: string) => {
		const value = text(name) ?? '';
		return /^(0|-?[1-9]\d*)$/.test(value) ? value : '';
	};
	const secure = boolean('session-cookie-secure');
	return {
		type,
		mode: (text('affinity-mode') ?? '') as SessionAffinity['mode'],
		canaryBehaviour: text('affinity-canary-behavior') ?? '',
		cookie:
			type === ''
				? noCookie
				: {
						name: text('session-cookie-name') ?? 'INGRESSCOOKIE',
						expires: seconds('session-cookie-expires'),
						maxAge: seconds('session-cookie-max-age'),
						path: text('session-cookie-path') ?? '',
						domain: text('session-cookie-domain') ?? '',
						sameSite: text('session-cookie-samesite') ?? '',
						conditionalSameSiteNone: boolean('session-cookie-conditional-samesite-none') ?? false,
						changeOnFailure: boolean('session-cookie-change-on-failure') ?? false,
						...(secure !== undefined && {secure}),
					},
	};
}

/** annotations/upstreamhashby/main.go */
export const upstreamHash = ({text, boolean, int}: AnnotationReader): UpstreamHash => ({
	by: text('upstream-hash-by') ?? '',
	subset: boolean('upstream-hash-by-subset') ?? false,
	subsetSize: int('upstream-hash-by-subset-size') || 3,
});
