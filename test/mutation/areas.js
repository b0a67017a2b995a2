/**
 * The parts that only calculate, and the tests that must notice a change in them.
 *
 * @type {Record<string, { mutate: string[], tests: RegExp }>}
 */
module.exports = {
	advice: { mutate: ['errors/advice'], tests: /^(unit\/errors\/response|package\/errorsPage)\./ },
	filters: {
		mutate: ['events/{chosenIds,text}', 'trigger/delivery/{duplicates,filters,message}'],
		tests: /^unit\/(trigger\/delivery\/(delivery|duplicates|filters)|events\/(chosenIds|text))\./,
	},
	ids: {
		mutate: ['whatsapp/{chatId,samePerson}'],
		tests: /^unit\/(whatsapp\/|actions\/shared\/readChat\.)/,
	},
	limiter: {
		mutate: ['transport/rateLimit/*'],
		// Without those that take many seconds each.
		tests: /^unit\/transport\/rateLimit\/(?!libraries|rateLimiter\.figures)/,
	},
	numbers: {
		mutate: ['whatsapp/{hints,link,phoneNumber}'],
		tests: /^unit\/actions\/shared\/readChat\./,
	},
	readers: { mutate: ['actions/shared/readers'], tests: /^unit\/actions\/shared\/readers\./ },
	retry: { mutate: ['transport/retry'], tests: /^unit\/transport\/retry\./ },
	waiting: {
		mutate: ['events/{questionLink,recent}', 'wait/{decide,meaning,wording}'],
		tests: /^unit\/(events\/(questionLink|recent)\.|wait\/)/,
	},
};
