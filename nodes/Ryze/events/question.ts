/** What the labels are when the user has not changed them, as in n8n's own nodes. */
export const DEFAULT_LABELS = { approve: 'Approve', decline: 'Decline' };

/** What is asked, and what counts as an answer to it. */
export interface Question {
	/** As the user has written it, without how to answer. */
	text: string;
	/** The labels of an approval; none when any text is an answer. */
	approval?: {
		approve: string;
		/** None: the question can only be approved. */
		decline?: string;
	};
	/** Who may answer, in the form of `chatKeyOf`; none when anyone in the chat may. */
	approvers?: string[];
	inChat: boolean;
	byLink: boolean;
	/** When n8n continues without an answer, in milliseconds since 1970. */
	until: number;
}

/**
 * A reply or a reaction, as the trigger passes it on to the question that it answers.
 *
 * Only what the question needs to decide: the delivery itself contains the token.
 */
export interface ChatAnswer {
	via: 'reply' | 'reaction';
	/** The message that was answered. */
	questionId: string;
	/** What that message says, unless only its ID is given and the trigger knows the question by it. */
	questionText?: string;
	/** The message that answers. */
	id?: string;
	/** What was written, or the emoji. */
	text: string;
	chatIds: string[];
	senderIds: string[];
}

/** What became of a reply or a reaction: `other` is no answer to this question. */
export type Verdict = 'accepted' | 'unclear' | 'not-allowed' | 'closed' | 'other';

/** The field of the response in which the trigger reads it. */
export const VERDICT = 'ryzeAnswer';
