import type { ErrorBody, ErrorCode } from '@vethscope/model';

interface Words {
  /** Without a full stop: names and numbers may follow. */
  message: string;
  fix?: string;
}

const errors: Record<ErrorCode, Words> = {
  badRequest: {
    message: '에이전트가 요청을 이해하지 못했습니다',
    fix: '페이지와 에이전트의 버전이 다를 수 있습니다. 페이지를 새로 고치십시오.',
  },
  usage: { message: '명령의 형식이 맞지 않습니다' },
  hostNotAllowed: {
    message: '이 에이전트는 그 이름으로 온 요청에 응답하지 않습니다',
    fix: 'vethscope를 시작할 때 출력된 URL을 여십시오.',
  },
  originNotAllowed: {
    message: '이 에이전트는 자기 페이지에서 온 요청만 받습니다',
    fix: 'vethscope를 시작할 때 출력된 URL을 여십시오.',
  },
  tokenRequired: {
    message: '이 에이전트는 루프백 밖에서도 접속을 받으므로 토큰이 필요합니다',
    fix: 'vethscope를 시작할 때 출력된, ?token=…으로 끝나는 URL을 여십시오.',
  },
  notFound: { message: '요청한 것이 지금은 없습니다', fix: '페이지를 새로 고치십시오.' },
  tooManyRequests: { message: '1분에 받는 요청의 수를 넘었습니다', fix: '1분 뒤에 다시 해 보십시오.' },
  malformedRecording: {
    message: '기록 파일이 아니거나 내용이 손상되었습니다',
    fix: 'vethscope record 명령으로 만든 파일을 여십시오.',
  },
  unsupportedVersion: {
    message: '알지 못하는 형식 버전의 기록입니다',
    fix: '이 기록을 만든 vethscope나 더 새로운 것으로 여십시오.',
  },
  unreadableFile: { message: '파일을 읽지 못했습니다' },
  unwritableFile: { message: '파일을 쓰지 못했습니다' },
  addressInUse: { message: '다른 프로세스가 이 포트에서 대기하고 있습니다' },
  notReady: { message: '아직 읽은 내용이 없습니다', fix: '잠시 뒤에 다시 해 보십시오.' },
  sourceFailed: { message: '호스트에서 읽지 못했습니다', fix: '명령을 복사해 호스트의 터미널에서 실행하십시오.' },
  commandNotListed: { message: '에이전트가 실행하는 명령이 아닙니다' },
  notReadable: {
    message: '여기에서는 실행할 수 없습니다. 기록을 보고 있거나, 에이전트가 root로 실행되지 않았습니다',
    fix: '명령을 복사해 호스트에서 실행하십시오.',
  },
  probeNotAllowed: {
    message:
      '실제 패킷을 보낼 수 없습니다. 에이전트를 --allow-probe 옵션으로 시작하지 않았거나, 실시간 호스트가 아닙니다',
  },
  probeNotPossible: { message: '이 패킷은 여기에서 보내 볼 수 없습니다' },
  probeNeedsConfirmation: {
    message: '패킷이 이 호스트 밖의 주소로 갑니다',
    fix: '그 주소로 보내도 되는지 확인한 뒤 다시 보내십시오.',
  },
  probeBusy: { message: '다른 패킷을 보내는 중입니다', fix: '2초 뒤에 다시 해 보십시오.' },
  probeFailed: { message: '커널이 패킷을 보내 보는 것을 받아들이지 않았습니다' },
  internal: { message: 'vethscope에 오류가 있습니다. 로그에 더 자세한 내용이 있습니다' },
};

/** A sentence ends in a stop and is English; what does not is a command, and stays. */
const isSentence = (fix: string): boolean => /[.…!]$/.test(fix);

/** An error by its code, with the names and numbers that it speaks of. */
export function error({ code, fix, about = [] }: ErrorBody): Pick<ErrorBody, 'message' | 'fix'> {
  const words = errors[code];
  return {
    message: `${words.message}${about.length === 0 ? '' : `: ${about.join(', ')}`}.`,
    fix: fix !== null && !isSentence(fix) ? fix : (words.fix ?? null),
  };
}
