'use strict';

const fs = require('node:fs');

/** Milliseconds of one tick in /proc: Linux shows programs 100 a second, whatever its own clock. */
const TICK_MS = 10;

/**
 * CPU time that a process has used so far, all its threads together, and the children that it has
 * seen end.
 *
 * @param {number | 'self'} pid
 * @returns {{ own: number, children: number }} Milliseconds.
 */
function cpuTime(pid) {
	const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name of the program, in brackets, may hold anything.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
	return { own: (user + system) * TICK_MS, children: (childUser + childSystem) * TICK_MS };
}

/** @returns {number} Milliseconds for which the cores of the machine have worked, all together. */
function machineTime() {
	const [line] = fs.readFileSync('/proc/stat', 'utf8').split('\n', 1);
	const [user, nice, system, , , irq, softirq] = line.trim().split(/\s+/).slice(1).map(Number);
	return (user + nice + system + irq + softirq) * TICK_MS;
}

module.exports = { cpuTime, machineTime };
