/* Runs in the page: the texts that can be seen within a rectangle, whole and by sentence. */
(function visibleTexts({ x, y, width, height }) {
	const texts = new Set();

	function add(text) {
		const lines = (text ?? '').split('\n');
		for (const part of [text ?? '', ...lines, ...lines.flatMap((line) => line.split(/(?<=\.) /))]) {
			const plain = part.replace(/\s+/g, ' ').trim();
			if (plain && plain.length < 600) texts.add(plain);
		}
	}

	/** Not a part of the page that holds several texts: some of those may be out of sight. */
	const isText = (element) =>
		[...element.querySelectorAll('*')].every((child) =>
			getComputedStyle(child).display.startsWith('inline'),
		);

	/** What lies below a dialog is not seen, nor what a closed or a scrolled part hides. */
	function isSeen(element, box) {
		if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
		const middle = [box.left + box.width / 2, box.top + box.height / 2];
		const hit = element.ownerDocument.elementFromPoint(...middle);
		if (!hit || !(element.contains(hit) || hit.contains(element))) return false;
		for (let parent = element.parentElement; parent; parent = parent.parentElement) {
			const edges = parent.getBoundingClientRect();
			const hides = getComputedStyle(parent).overflowY !== 'visible';
			if (hides && (middle[1] < edges.top || middle[1] > edges.bottom)) return false;
		}
		return true;
	}

	/** `left`, `top` and `scale`: where the document is in the page, as it may be that of a frame. */
	function look(root, left, top, scale) {
		for (const element of root.querySelectorAll('body *')) {
			const box = element.getBoundingClientRect();
			if (box.width === 0 || box.height === 0) continue;
			const [from, to] = [left + box.left * scale, left + box.right * scale];
			const [above, below] = [top + box.top * scale, top + box.bottom * scale];
			if (element.contentDocument) {
				look(element.contentDocument, from, above, (scale * box.width) / element.offsetWidth);
			}
			const inside = from >= x && to <= x + width && above >= y && below <= y + height;
			if (!inside || !isSeen(element, box)) continue;
			if (isText(element)) add(element.innerText);
			if ('value' in element) add(element.value || element.placeholder);
			for (const child of element.childNodes) if (child.nodeType === 3) add(child.nodeValue);
		}
	}

	look(document, 0, 0, 1);
	return [...texts];
});
