using System.Collections.Generic;
using Aside.Sapi.Com;

namespace Aside.Sapi.Scripted
{
    public abstract class ScriptedDataKey
    {
        public void SetData() { }
        public void GetData() { }
        public void SetStringValue() { }
        public void SetDWORD() { }
        public void GetDWORD() { }
        public void CreateKey() { }
        public void DeleteKey() { }
        public void DeleteValue() { }
        public void EnumKeys() { }
        public void EnumValues() { }
    }

    public sealed class ScriptedAttributes : ScriptedDataKey, ISpDataKey
    {
        readonly Dictionary<string, string> values;

        public ScriptedAttributes(Dictionary<string, string> values)
        {
            this.values = values;
        }

        public int GetStringValue(string name, out string value)
        {
            return values.TryGetValue(name, out value) ? HResults.Ok : HResults.NotFound;
        }

        public int OpenKey(string name, out ISpDataKey key)
        {
            key = null;
            return HResults.NotFound;
        }
    }

    public sealed class ScriptedToken : ScriptedDataKey, ISpObjectToken
    {
        readonly string id, name;
        readonly Dictionary<string, string> attributes;

        public readonly double Frequency;
        public readonly int SamplesPerSecond;

        public ScriptedToken(string id, string name, double frequency, int samplesPerSecond, Dictionary<string, string> attributes)
        {
            this.id = id;
            this.name = name;
            this.attributes = attributes;
            Frequency = frequency;
            SamplesPerSecond = samplesPerSecond;
        }

        public void SetId() { }

        public int GetId(out string value)
        {
            value = id;
            return HResults.Ok;
        }

        public int GetStringValue(string key, out string value)
        {
            value = key == null ? name : null;
            return value == null ? HResults.NotFound : HResults.Ok;
        }

        public int OpenKey(string key, out ISpDataKey opened)
        {
            opened = key == "Attributes" && attributes != null ? new ScriptedAttributes(attributes) : null;
            return opened == null ? HResults.NotFound : HResults.Ok;
        }
    }

    public sealed class ScriptedCategory : ScriptedDataKey, ISpObjectTokenCategory
    {
        string id;

        public int SetId(string category, bool createIfAbsent)
        {
            id = category;
            return HResults.Ok;
        }

        public int EnumTokens(string required, string optional, out IEnumSpObjectTokens tokens)
        {
            tokens = new ScriptedTokens(id == Categories.Voices ? Desktop() : OneCore());
            return HResults.Ok;
        }

        /// <summary>Null stands for a token that cannot be read.</summary>
        static List<ISpObjectToken> Desktop()
        {
            return new List<ISpObjectToken>
            {
                Voice(Categories.Voices, "TTS_DAVID", "Scripted David", 165, 22050, "409;9", "Male", "Adult"),
                null,
                Voice(Categories.Voices, "TTS_HEDDA", "Scripted Hedda", 294, 22050, "407", "Female", "Senior"),
                Voice(Categories.Voices, "TTS_HARUKA", "Scripted Haruka", 330, 22050, "411", "Female", "Teen"),
                new ScriptedToken(Categories.Voices + @"\Tokens\TTS_BARE", null, 220, 22050, null),
            };
        }

        static List<ISpObjectToken> OneCore()
        {
            return new List<ISpObjectToken>
            {
                Voice(Categories.OneCoreVoices, "MSTTS_MARK", "Scripted Mark", 147, 16000, "409", "Male", "Adult"),
            };
        }

        static ISpObjectToken Voice(string category, string key, string name, double frequency, int rate, string language, string gender, string age)
        {
            var attributes = new Dictionary<string, string>
            {
                { "Language", language }, { "Gender", gender }, { "Age", age }, { "Vendor", "Aside" }, { "Name", name },
            };
            return new ScriptedToken(category + @"\Tokens\" + key, name, frequency, rate, attributes);
        }

        public void GetStringValue() { }
        public void OpenKey() { }
        public void GetId() { }
        public void GetDataKey() { }
        public void SetDefaultTokenId() { }
        public void GetDefaultTokenId() { }
    }

    public sealed class ScriptedTokens : IEnumSpObjectTokens
    {
        readonly List<ISpObjectToken> tokens;

        public ScriptedTokens(List<ISpObjectToken> tokens)
        {
            this.tokens = tokens;
        }

        public int GetCount(out uint count)
        {
            count = (uint)tokens.Count;
            return HResults.Ok;
        }

        public int Item(uint index, out ISpObjectToken token)
        {
            token = tokens[(int)index];
            return token == null ? HResults.NotFound : HResults.Ok;
        }

        public void Next() { }
        public void Skip() { }
        public void Reset() { }
        public void Clone() { }
    }
}
