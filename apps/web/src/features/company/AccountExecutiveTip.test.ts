import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import AccountExecutiveTip from './AccountExecutiveTip.vue'

const hrefOf = (contact: string | null) =>
  mount(AccountExecutiveTip, { props: { accountExecutive: { name: 'Robin Ellis', contact } } })
    .find('a')
    .attributes('href')

describe('the tip at the foot of each flow', () => {
  it.each([
    ['robin.ellis@example.com', 'mailto:robin.ellis@example.com'],
    ['+1 (555) 010-0199', 'tel:+15550100199'],
    ['https://example.com/help', 'https://example.com/help'],
  ])('makes %s a link', (contact, href) => {
    expect(hrefOf(contact)).toBe(href)
  })

  it.each(['javascript:alert(1)', 'http://example.com', 'a@b?bcc=c@d', 'room 4', 'https://a b'])(
    'shows %s as it is',
    (contact) => {
      const tip = mount(AccountExecutiveTip, {
        props: { accountExecutive: { name: 'Robin Ellis', contact } },
      })
      expect(tip.find('a').exists()).toBe(false)
      expect(tip.text()).toContain(contact)
    },
  )

  it('names nobody where nobody is configured', () => {
    const tip = mount(AccountExecutiveTip, { props: { accountExecutive: null } })
    expect(tip.text()).toContain('turn to your Account Executive.')
  })
})
