import type {World} from '../../node/world.js';
import {ingressSlips} from './ingress.js';
import {kubectlSlips} from './kubectl.js';
import {manifestSlips} from './manifests.js';
import {names} from './names.js';
import {networkSlips} from './network.js';
import type {Rule, Slip, Typed} from './slip.js';
import {typingSlips} from './typing.js';

/** What was mistyped comes before what it led to. */
const rules: readonly Rule[] = [...typingSlips, ...kubectlSlips, ...manifestSlips, ...ingressSlips, ...networkSlips, ...names];

/** The first slip that a rule sees. Said gently, below the prompt; nothing is corrected. */
export function slipIn(typed: Typed, world: World): Slip | undefined {
	for (const rule of rules) {
		const slip = rule(typed, world);
		if (slip) return slip;
	}
	return undefined;
}
