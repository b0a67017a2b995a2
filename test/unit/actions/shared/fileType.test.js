const fc = require('fast-check');
const fileType = require('../../../../build/nodes/Ryze/actions/shared/fileType');

const { cleanName, mimeTypeOf, nameInPath, withExtension } = fileType;

const PDF = 'application/pdf';
const ZIP = 'application/zip';

describe('The MIME type of a file', () => {
	it.each(['image/png', 'audio/ogg; codecs=opus', 'text/plain', 'model/gltf+json', 'IMAGE/JPEG'])(
		'is sent as it is when it says something: %s',
		(mimeType) => {
			expect(mimeTypeOf({ mimeType, fileExtension: 'pdf' }, 'menu.pdf')).toBe(mimeType);
		},
	);

	it.each([
		'application/octet-stream',
		'Application/Octet-Stream; charset=binary',
		'binary/octet-stream',
		'application/x-binary',
		'application/binary',
		'application/unknown',
		'unknown/unknown',
		'application/force-download',
		'application/x-download',
		'*/*',
		'unknown',
		'pdf',
		' ',
		'',
		undefined,
		null,
		7,
		{},
	])('is found from the extension, or left out, when it is %j', (mimeType) => {
		expect(mimeTypeOf({ mimeType }, 'menu.PDF')).toBe(PDF);
		expect(mimeTypeOf({ mimeType }, undefined, 'menu.pdf')).toBe(PDF);
		expect(mimeTypeOf({ mimeType, fileExtension: '.pdf' }, '4711')).toBe(PDF);
		expect(mimeTypeOf({ mimeType, fileExtension: 'bin' }, '4711.bin')).toBeUndefined();
		expect(mimeTypeOf({ mimeType })).toBeUndefined();
	});
});

describe('The name of a document', () => {
	it.each([
		['4711', { fileExtension: 'pdf' }, '4711.pdf'],
		['4711', { mimeType: PDF }, '4711.pdf'],
		['4711', { mimeType: PDF, fileExtension: 'bin' }, '4711.pdf'],
		['Report 1.2', { mimeType: PDF }, 'Report 1.2.pdf'],
		['v1.2', { mimeType: PDF }, 'v1.2.pdf'],
		['report.v2', { mimeType: 'text/plain' }, 'report.v2.txt'],
		['report.final', { mimeType: PDF }, 'report.final.pdf'],
		['Dr. Smith', { mimeType: PDF }, 'Dr. Smith.pdf'],
		['www.example.com', { mimeType: PDF }, 'www.example.com.pdf'],
		['Invoice No.', { mimeType: PDF }, 'Invoice No.pdf'],
		['29.11.2026', { mimeType: PDF }, '29.11.2026.pdf'],
		['Menu', { fileName: 'own.docx', mimeType: 'application/x' }, 'Menu.docx'],
		['song', { mimeType: 'audio/mpeg', fileExtension: 'mpga' }, 'song.mp3'],
		['photo', { mimeType: 'image/jpeg', fileExtension: 'jpeg' }, 'photo.jpeg'],
		['note', { mimeType: 'text/plain; charset=utf-8' }, 'note.txt'],
	])('gets the extension that it lacks: %s, %j', (name, facts, expected) => {
		expect(withExtension(name, facts)).toBe(expected);
	});

	it.each([
		['menu.pdf', { mimeType: PDF, fileExtension: 'pdf' }],
		['MENU.PDF', { mimeType: PDF, fileExtension: 'pdf' }],
		['photo.jpg', { mimeType: 'image/jpeg', fileExtension: 'jpeg' }],
		['photo.png', { mimeType: PDF }],
		['backup.tar.gz', { mimeType: 'application/gzip', fileExtension: 'gz' }],
		['plan.dwg', { mimeType: 'image/vnd.dwg', fileExtension: 'dwg' }],
		['data.parquet', { mimeType: 'text/plain', fileExtension: 'txt' }],
		['app.kmz', { mimeType: ZIP, fileExtension: 'zip' }],
		['data.ndjson', { mimeType: 'application/json', fileExtension: 'json' }],
		['4711', { mimeType: 'application/octet-stream', fileExtension: 'bin' }],
		['4711', {}],
		['4711', { fileExtension: '../../x' }],
	])('stays when it has one, or none is known: %s, %j', (name, facts) => {
		expect(withExtension(name, facts)).toBe(name);
	});

	it('never gets an extension twice', () => {
		const facts = fc.record(
			{
				mimeType: fc.constantFrom(PDF, ZIP, 'text/plain', 'application/octet-stream', 'audio/mpeg'),
				fileExtension: fc.constantFrom('pdf', 'zip', 'bin', 'mpga', 'dwg', ''),
				fileName: fc.constantFrom('a.pdf', 'a.jpeg', '4711', ''),
			},
			{ requiredKeys: [] },
		);
		const names = fc
			.array(fc.constantFrom('a', '1', '.', ' ', 'pdf', 'zip', 'V'))
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(names, facts, (name, known) => {
				const once = withExtension(name, known);
				expect(withExtension(once, known)).toBe(once);
			}),
		);
	});

	it('has no line breaks and no separators of paths', () => {
		expect(cleanName(' Invoice 12/2026\n\u0000(copy) ')).toBe('Invoice 12-2026 (copy)');
		expect(nameInPath('/tmp/files/menu.pdf')).toBe('menu.pdf');
		expect(nameInPath('C:\\files\\menu.pdf')).toBe('menu.pdf');
		expect(nameInPath('../../')).toBe('..-');
		expect(nameInPath(undefined)).toBe('');
	});
});
