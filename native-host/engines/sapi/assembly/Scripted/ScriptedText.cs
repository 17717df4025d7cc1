using System;
using System.Collections.Generic;
using System.Globalization;

namespace Aside.Sapi.Scripted
{
    public enum StepKind { Sentence, Word, Bookmark, Silence, Pitch, Directive }

    /// <summary>One thing that the voice does on its way through a text.</summary>
    public sealed class Step
    {
        public StepKind Kind;
        /// <summary>Characters of the text that Speak() got, markup included, as SAPI counts.</summary>
        public int Start, Length;
        /// <summary>Bookmark and directive: its name.</summary>
        public string Name;
        /// <summary>Silence: milliseconds. Pitch: -10 to 10. Directive: what stands behind its name.</summary>
        public int Amount;
    }

    /// <summary>Thrown for markup that is none; SAPI's parser refuses it likewise.</summary>
    public sealed class BadMarkupException : Exception { }

    /// <summary>
    /// Reads a text as SAPI would: tags and entities only where markup was asked for. In double braces stand directives,
    /// which are not spoken; see ScriptedSpeech.
    /// </summary>
    public sealed class ScriptedText
    {
        struct Spoken
        {
            public int Code, Start, Length;
        }

        readonly string text;
        readonly List<Spoken> run = new List<Spoken>();
        readonly List<Step> steps = new List<Step>();
        readonly Stack<string> open = new Stack<string>();
        bool isInSentence;

        ScriptedText(string text)
        {
            this.text = text;
        }

        public static List<Step> Parse(string text, bool isXml)
        {
            return new ScriptedText(text).Read(isXml);
        }

        List<Step> Read(bool isXml)
        {
            for (int i = 0; i < text.Length;)
            {
                if (string.CompareOrdinal(text, i, "{{", 0, 2) == 0 && text.IndexOf("}}", i) > 0) i = ReadDirective(i);
                else if (isXml && text[i] == '<') i = ReadTag(i);
                else if (isXml && text[i] == '&') i = ReadEntity(i);
                else
                {
                    int length = char.IsSurrogatePair(text, i) ? 2 : 1;
                    Speak(length == 2 ? char.ConvertToUtf32(text, i) : text[i], i, length);
                    i += length;
                }
            }
            if (open.Count > 0) throw new BadMarkupException();
            EndWord();
            return steps;
        }

        int ReadDirective(int start)
        {
            EndWord();
            int end = text.IndexOf("}}", start);
            string[] parts = text.Substring(start + 2, end - start - 2).Split(' ');
            int amount;
            if (parts.Length < 2 || !int.TryParse(parts[1], out amount)) amount = 0;
            Add(StepKind.Directive, start, end + 2 - start, parts[0], amount);
            return end + 2;
        }

        int ReadTag(int start)
        {
            EndWord();
            int end = text.IndexOf('>', start);
            if (end < 0) throw new BadMarkupException();
            string tag = text.Substring(start + 1, end - start - 1).Trim();
            string name = tag.TrimStart('/').Split(' ', '/', '\n', '\t')[0].ToLowerInvariant();
            if (name.Length == 0) throw new BadMarkupException();
            if (tag[0] == '/')
            {
                if (open.Count == 0 || open.Pop() != name) throw new BadMarkupException();
                if (name == "pitch") Add(StepKind.Pitch, start, 0, null, 0);
            }
            else if (tag[0] != '?')
            {
                if (!tag.EndsWith("/")) open.Push(name);
                Obey(name, tag, start, end + 1 - start);
            }
            return end + 1;
        }

        void Obey(string name, string tag, int start, int length)
        {
            if (name == "bookmark") Add(StepKind.Bookmark, start, length, Attribute(tag, "mark"), 0);
            else if (name == "mark") Add(StepKind.Bookmark, start, length, Attribute(tag, "name"), 0);
            else if (name == "silence") Add(StepKind.Silence, start, length, null, NumberIn(Attribute(tag, "msec")));
            else if (name == "break") Add(StepKind.Silence, start, length, null, MillisecondsIn(Attribute(tag, "time")));
            else if (name == "pitch") Add(StepKind.Pitch, start, length, null, NumberIn(Attribute(tag, "absmiddle")));
        }

        static string Attribute(string tag, string name)
        {
            int at = tag.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
            if (at < 0) return "";
            int start = at + name.Length + 2;
            int end = start > tag.Length ? -1 : tag.IndexOf(tag[start - 1], start);
            if (end < 0) throw new BadMarkupException();
            return Decode(tag.Substring(start, end - start));
        }

        static string Decode(string value)
        {
            var decoded = new System.Text.StringBuilder();
            for (int i = 0; i < value.Length; i++)
            {
                int end = value[i] == '&' ? value.IndexOf(';', i) : -1;
                if (end < 0) decoded.Append(value[i]);
                else
                {
                    decoded.Append(char.ConvertFromUtf32(CodeOf(value.Substring(i + 1, end - i - 1))));
                    i = end;
                }
            }
            return decoded.ToString();
        }

        static int NumberIn(string text)
        {
            int number;
            return int.TryParse(text, out number) ? number : 0;
        }

        static int MillisecondsIn(string time)
        {
            if (time.EndsWith("ms")) return NumberIn(time.Substring(0, time.Length - 2));
            return time.EndsWith("s") ? 1000 * NumberIn(time.Substring(0, time.Length - 1)) : 0;
        }

        int ReadEntity(int start)
        {
            int end = text.IndexOf(';', start);
            if (end < 0) throw new BadMarkupException();
            Speak(CodeOf(text.Substring(start + 1, end - start - 1)), start, end + 1 - start);
            return end + 1;
        }

        static int CodeOf(string entity)
        {
            switch (entity)
            {
                case "lt": return '<';
                case "gt": return '>';
                case "amp": return '&';
                case "quot": return '"';
                case "apos": return '\'';
            }
            int code;
            bool isNumber = entity.StartsWith("#x")
                ? int.TryParse(entity.Substring(2), NumberStyles.HexNumber, null, out code)
                : int.TryParse(entity.TrimStart('#'), NumberStyles.None, null, out code) & entity.StartsWith("#");
            if (!isNumber) throw new BadMarkupException();
            return code;
        }

        void Speak(int code, int start, int length)
        {
            UnicodeCategory category = CategoryOf(code);
            if (category == UnicodeCategory.OtherSymbol)
            {
                EndWord();
                AddWord(start, length);
            }
            else if (IsWordPart(code, category)) run.Add(new Spoken { Code = code, Start = start, Length = length });
            else
            {
                EndWord();
                if (".!?\u3002\uFF1F\uFF01".IndexOf((char)code) >= 0) isInSentence = false;
            }
        }

        static UnicodeCategory CategoryOf(int code)
        {
            if (code >= 0xD800 && code <= 0xDFFF || code > 0x10FFFF) return UnicodeCategory.Surrogate;
            return code < 0x10000 ? char.GetUnicodeCategory((char)code) : char.GetUnicodeCategory(char.ConvertFromUtf32(code), 0);
        }

        bool IsWordPart(int code, UnicodeCategory category)
        {
            if (run.Count > 0 && (code == '\'' || code == 0x2019)) return true;
            return category <= UnicodeCategory.LetterNumber || category == UnicodeCategory.OtherNumber;
        }

        void EndWord()
        {
            while (run.Count > 0 && (run[run.Count - 1].Code == '\'' || run[run.Count - 1].Code == 0x2019)) run.RemoveAt(run.Count - 1);
            if (run.Count == 0) return;
            Spoken last = run[run.Count - 1];
            AddWord(run[0].Start, last.Start + last.Length - run[0].Start);
            run.Clear();
        }

        void AddWord(int start, int length)
        {
            if (!isInSentence) Add(StepKind.Sentence, start, LengthOfSentence(start), null, 0);
            isInSentence = true;
            Add(StepKind.Word, start, length, null, 0);
        }

        int LengthOfSentence(int start)
        {
            int end = text.IndexOfAny(new[] { '.', '!', '?' }, start);
            return (end < 0 ? text.Length : end + 1) - start;
        }

        void Add(StepKind kind, int start, int length, string name, int amount)
        {
            steps.Add(new Step { Kind = kind, Start = start, Length = length, Name = name, Amount = amount });
        }
    }
}
