'use strict';

/* Works with a page as a person does, whose mouse can be seen. */

/** Runs in each page: Chromium records no mouse pointer. */
const POINTER = `addEventListener('DOMContentLoaded', () => {
	if (window !== top) return;
	const pointer = document.createElement('div');
	pointer.innerHTML = '<svg width="22" height="28" viewBox="0 0 22 28"><path d="M2 2v20l5-4 4 8 4-2-4-8h7z" fill="#111" stroke="#fff" stroke-width="2"/></svg>';
	pointer.style.cssText = 'position:fixed;left:640px;top:360px;z-index:2147483647;pointer-events:none';
	document.documentElement.append(pointer);
	addEventListener('mousemove', ({ clientX, clientY }) => {
		pointer.style.left = clientX - 2 + 'px';
		pointer.style.top = clientY - 2 + 'px';
	}, true);
	addEventListener('mousedown', () => (pointer.style.transform = 'scale(0.8)'), true);
	addEventListener('mouseup', () => (pointer.style.transform = ''), true);
});`;

/** Milliseconds between two keys, and before a click. */
const KEY_MS = 20;
const AIM_MS = 150;

/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {Awaited<ReturnType<typeof createHand>>} Hand */

/** @param {import('playwright-core').Page} page */
async function createHand(page) {
	await page.addInitScript(POINTER);

	/** @param {Locator} target @returns {Promise<{ x: number, y: number }>} where the mouse is now */
	async function moveTo(target) {
		await target.waitFor();
		await target.scrollIntoViewIfNeeded();
		const box = await target.boundingBox();
		if (!box) throw new Error(`Not in sight: ${target}`);
		const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		await page.mouse.move(middle.x, middle.y, { steps: 6 });
		await page.waitForTimeout(AIM_MS);
		return middle;
	}

	/** @param {Locator} target */
	async function click(target) {
		await moveTo(target);
		await target.click();
	}

	return {
		moveTo,
		click,

		/** @param {string} id data-test-id of what is clicked */
		press: async (id) => await click(page.locator(`[data-test-id="${id}"]`).first()),

		/** @param {Locator} target */
		async doubleClick(target) {
			await moveTo(target);
			await target.dblclick();
		},

		/** Replaces what is in a field. @param {Locator} field @param {string} text */
		async fill(field, text) {
			await click(field);
			await page.keyboard.press('Control+A');
			await page.keyboard.type(text, { delay: KEY_MS });
		},

		/** Types where the cursor is. @param {string} text */
		type: async (text) => await page.keyboard.type(text, { delay: KEY_MS }),

		/** @param {Locator} from @param {Locator} to */
		async drag(from, to) {
			await moveTo(from);
			await page.mouse.down();
			const { x, y } = await moveTo(to);
			await page.mouse.move(x + 4, y + 2, { steps: 4 });
			await page.mouse.up();
		},

		/** @param {number} seconds for the viewer to read */
		rest: async (seconds) => await page.waitForTimeout(seconds * 1000),
	};
}

module.exports = { createHand };
