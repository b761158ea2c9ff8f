// A page that fails does not take the desk with it.
import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';

import { Nothing } from './Nothing';

class PlainBoundary extends Component<WithTranslation & { children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const { t } = this.props;
    return (
      <Nothing title={t('pageFailed')}>
        <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
      </Nothing>
    );
  }
}

export const Boundary = withTranslation()(PlainBoundary);
