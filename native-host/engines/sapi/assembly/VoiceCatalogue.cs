using System;
using System.Collections.Generic;
using System.Globalization;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>The voices of this machine, and the token of each. Engine thread only.</summary>
    public sealed class VoiceCatalogue
    {
        readonly ISapiObjects objects;
        readonly Dictionary<string, ISpObjectToken> tokens = new Dictionary<string, ISpObjectToken>();

        public VoiceCatalogue(ISapiObjects objects)
        {
            this.objects = objects;
        }

        /// <summary>
        /// As JavaScript gets them: id, name, language (BCP-47 or null), gender, age, vendor, source (<c>sapi</c>,
        /// <c>onecore</c>, <c>32-bit</c>). Those for 32-bit programs cannot be used in a 64-bit one.
        /// </summary>
        public object[] List()
        {
            var voices = new List<object>();
            tokens.Clear();
            AddCategory(voices, Categories.Voices, "sapi");
            try { AddCategory(voices, Categories.OneCoreVoices, "onecore"); }
            catch (SpeechException) { } // an older Windows has none
            if (IntPtr.Size == 8) AddThoseFor32Bit(voices);
            return voices.ToArray();
        }

        /// <summary>Null when there is no such voice.</summary>
        public ISpObjectToken Find(string id)
        {
            ISpObjectToken token;
            return tokens.TryGetValue(id, out token) ? token : null;
        }

        void AddCategory(List<object> voices, string id, string source)
        {
            ISpObjectTokenCategory category = objects.CreateCategory();
            try
            {
                HResults.Check(category.SetId(id, false), "ISpObjectTokenCategory.SetId");
                IEnumSpObjectTokens all;
                HResults.Check(category.EnumTokens(null, null, out all), "ISpObjectTokenCategory.EnumTokens");
                uint count;
                HResults.Check(all.GetCount(out count), "IEnumSpObjectTokens.GetCount");
                // By index: the enumerator stops at the first token that it cannot read (nvaccess/nvda#2629).
                for (uint i = 0; i < count; i++)
                {
                    try { AddToken(voices, all, i, source); }
                    catch (Exception) { } // one that cannot be read hides itself, and no other
                }
                ComObject.Release(all);
            }
            finally
            {
                ComObject.Release(category);
            }
        }

        void AddToken(List<object> voices, IEnumSpObjectTokens all, uint index, string source)
        {
            ISpObjectToken token;
            HResults.Check(all.Item(index, out token), "IEnumSpObjectTokens.Item");
            string id, name;
            HResults.Check(token.GetId(out id), "ISpObjectToken.GetId");
            if (tokens.ContainsKey(id)) return;
            ISpDataKey attributes;
            if (token.OpenKey("Attributes", out attributes) < 0) attributes = null;
            if (token.GetStringValue(null, out name) < 0 || name == null) name = Attribute(attributes, "Name");
            var voice = Describe(id, name ?? LastPart(id), source);
            voice["language"] = Language(Attribute(attributes, "Language"));
            voice["gender"] = Attribute(attributes, "Gender");
            voice["age"] = Attribute(attributes, "Age");
            voice["vendor"] = Attribute(attributes, "Vendor");
            ComObject.Release(attributes);
            tokens[id] = token;
            voices.Add(voice);
        }

        void AddThoseFor32Bit(List<object> voices)
        {
            var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (string id in tokens.Keys) known.Add(LastPart(id));
            try
            {
                foreach (KeyValuePair<string, string> voice in objects.VoicesFor32Bit())
                {
                    if (!known.Contains(voice.Key)) voices.Add(Describe(voice.Key, voice.Value, "32-bit"));
                }
            }
            catch (Exception) { } // a registry that cannot be read has none to name
        }

        static Dictionary<string, object> Describe(string id, string name, string source)
        {
            var voice = new Dictionary<string, object>();
            voice["id"] = id;
            voice["name"] = name;
            voice["source"] = source;
            return voice;
        }

        static string Attribute(ISpDataKey attributes, string name)
        {
            string value;
            return attributes != null && attributes.GetStringValue(name, out value) >= 0 ? value : null;
        }

        static string LastPart(string id)
        {
            return id.Substring(id.LastIndexOf('\\') + 1);
        }

        /// <summary><c>409;9</c>: hexadecimal LCIDs, the one it is made for first.</summary>
        static string Language(string lcids)
        {
            foreach (string lcid in (lcids ?? "").Split(';'))
            {
                int number;
                if (!int.TryParse(lcid.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number)) continue;
                try
                {
                    string name = CultureInfo.GetCultureInfo(number).Name;
                    if (name.Length > 0) return name;
                }
                catch (ArgumentException) { } // a number that this Windows has no language for
            }
            return null;
        }
    }
}
