import type { IptablesBody } from '@vethscope/model';
import type { NftParts } from '@vethscope/parse';
import { matchWords } from './iptables.ts';
import { targetWords } from './iptablesTarget.ts';
import { actionWords, conditionWords } from './nft.ts';

/** "docker0 링크로 들어온, 80번 포트로 가는 TCP 패킷은 허용합니다." `protocol` null: any. */
function sentence(conditions: readonly string[], protocol: string | null, actions: readonly string[]): string {
  const said = conditions.filter((words) => words !== '').join(', ');
  const packet = protocol === null ? '패킷' : `${protocol} 패킷`;
  const which = said !== '' ? `${said} ${packet}` : protocol === null ? `모든 ${packet}` : packet;
  return `${which}은 ${actions.join(', ')}.`;
}

/** What a rule does, as describeRule of packages/parse says it in English. */
export const rule = {
  iptables: ({ matches, target }: IptablesBody): string => {
    const protocol = matches.flatMap((match) => (match.kind === 'protocol' && !match.not ? [match] : []))[0];
    const conditions = matches.filter((match) => match !== protocol).map(matchWords);
    return sentence(conditions, protocol?.protocol.toUpperCase() ?? null, [targetWords(target)]);
  },
  nft: ({ conditions, actions }: NftParts): string =>
    sentence(conditions.map(conditionWords), null, actions.length === 0 ? ['세기만 합니다'] : actions.map(actionWords)),
};
