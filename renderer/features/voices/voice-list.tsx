import { SearchBox } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { useEffect, useId, useRef } from 'react';
import type { Voice } from '../../../protocol/model/voice.ts';
import { AUTOMATIC, useVoiceList } from './use-voice-list.ts';
import { describe, languageOf } from './voice-search.ts';

export interface VoiceListProps {
  readonly voices: readonly Voice[];
  readonly selectedId: string | null;
  onChoose(id: string | null): void;
}

/** A search field and the voices that it finds: the combobox pattern with a list that is always open. */
export function VoiceList({ voices, selectedId, onChoose }: VoiceListProps) {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const model = useVoiceList(voices, selectedId, onChoose);
  const { query, groups, activeId, hiddenCount } = model;
  const optionId = (id: string): string => `${listId}-${id.replaceAll(/[^\w-]/gu, '_')}`;

  useEffect(() => {
    if (activeId === null) return;
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const option = (id: string, name: string, detail: string, isSelected: boolean) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search field
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search field, see aria-activedescendant
    <div
      key={id}
      id={optionId(id)}
      role="option"
      aria-selected={isSelected}
      data-active={id === activeId}
      className="voice-option"
      onMouseMove={() => model.setActiveId(id)}
      onClick={() => onChoose(id === AUTOMATIC ? null : id)}
    >
      <span className="voice-option__text">
        <span className="voice-option__name">{name}</span>
        <span className="voice-option__detail">{detail}</span>
      </span>
      {isSelected && <CheckmarkRegular className="voice-option__check" />}
    </div>
  );

  return (
    <>
      <SearchBox
        className="voice-picker__search"
        placeholder="Search by name or language"
        value={query}
        onChange={(_, { value }) => model.setQuery(value)}
        onKeyDown={model.onKeyDown}
        autoFocus
        {...(query === '' && { dismiss: null })}
        input={{
          role: 'combobox',
          'aria-label': 'Search voices',
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-autocomplete': 'list',
          'aria-activedescendant': activeId === null ? undefined : optionId(activeId),
        }}
      />
      <div ref={list} id={listId} role="listbox" aria-label="Voices" className="voice-picker__list">
        {query.trim() === '' && option(AUTOMATIC, 'Automatic', 'The best voice for your language', selectedId === null)}
        {groups.map(({ title, voices: members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be in a listbox
          <div key={title} role="group" aria-label={title} className="voice-picker__group">
            <div className="voice-picker__heading" aria-hidden="true">
              {title}
            </div>
            {members.map((voice) =>
              option(voice.id, voice.name, `${languageOf(voice)} · ${describe(voice)}`, voice.id === selectedId),
            )}
          </div>
        ))}
      </div>
      {groups.length === 0 && query.trim() !== '' && (
        <p className="voice-picker__none">No voice is called “{query}”. Try a language, such as “German” or “pt-BR”.</p>
      )}
      {hiddenCount > 0 && <p className="voice-picker__none">{hiddenCount} more: type to narrow the list.</p>}
    </>
  );
}
