// The keys of the workbench, on ?.
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const keys = [
  ['j  k', 'keyNext'],
  ['t', 'keyTake'],
  ['Space', 'keyPlay'],
  ['←  →', 'keySkip'],
  ['↑  ↓', 'keyTurn'],
  ['[  ]', 'keySpan'],
  ['p', 'keyProposal'],
  ['a  e  x', 'keyJudge'],
  ['f', 'keyFind'],
  ['Tab  ←  →', 'keyLadder'],
  ['w', 'keyWhy'],
  ['Esc', 'keyLeave'],
  ['Ctrl ↵', 'keySubmit'],
  ['?', 'keyHelp'],
] as const;

export function Shortcuts({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('quality');
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shortcuts')} width={460}>
      <table className="plain-table">
        <tbody>
          {keys.map(([key, word]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{t(word)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
