using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Web.Script.Serialization;
using Aside.Sapi;
using Aside.Sapi.Com;

namespace Aside.Settling
{
    /// <summary>
    /// <c>Probe.exe windows|scripted</c>: asks SAPI what only a real Windows can answer, and prints it as JSON. Each
    /// question that fails says so in its place, and the others go on.
    /// </summary>
    public static class Program
    {
        const string Plain = "Seven ordinary listeners gathered quietly. The harbour was bright at six.";
        const string Ssml = "<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en-US\">Seven <mark name=\"first\"/>ordinary &amp; <emphasis>quiet</emphasis> listeners.</speak>";
        const string SapiXml = "Seven <bookmark mark=\"first\"/>ordinary &amp; <pitch absmiddle=\"5\">quiet</pitch> listeners.";
        const int Purges = 10;
        static readonly string[] Routes = { "audio", "stream" };

        public static int Main(string[] args)
        {
            ISapiObjects objects = args.Length > 0 && args[0] == "scripted" ? (ISapiObjects)new Aside.Sapi.Scripted.ScriptedSapi() : new WindowsSapi();
            var answers = new Dictionary<string, object>();
            answers["is64Bit"] = IntPtr.Size == 8;
            answers["clr"] = Environment.Version.ToString();
            answers["layout"] = Layout();
            var catalogue = new VoiceCatalogue(objects);
            answers["voices"] = Try(delegate { return catalogue.List(); });
            ISpObjectToken token = FirstEnglish(catalogue, answers["voices"]);
            foreach (string route in Routes) answers[route] = Try(delegate { return OfRoute(objects, route, token); });
            answers["oneCore"] = Try(delegate { return OfSource(objects, catalogue, answers["voices"], "onecore"); });
            var json = new JavaScriptSerializer();
            json.MaxJsonLength = int.MaxValue;
            Console.WriteLine(json.Serialize(answers));
            return 0;
        }

        /// <summary>Bytes of the structures that SAPI fills in, as this CLR lays them out.</summary>
        static object Layout()
        {
            var sizes = new Dictionary<string, object>();
            sizes["SPEVENT"] = Marshal.SizeOf(typeof(SPEVENT));
            sizes["SPVOICESTATUS"] = Marshal.SizeOf(typeof(SPVOICESTATUS));
            sizes["WAVEFORMATEX"] = Marshal.SizeOf(typeof(WAVEFORMATEX));
            return sizes;
        }

        static object OfRoute(ISapiObjects objects, string route, ISpObjectToken token)
        {
            var found = new Dictionary<string, object>();
            using (var recorder = new Recorder(objects, route, token))
            {
                found["plain"] = Try(delegate { return recorder.Speak(Plain, Spf.IsNotXml); });
                found["again"] = Try(delegate { return recorder.Speak(Plain, Spf.IsNotXml); });
                found["ssml"] = Try(delegate { return recorder.Speak(Ssml, Spf.IsXml | Spf.ParseSsml); });
                found["sapiXml"] = Try(delegate { return recorder.Speak(SapiXml, Spf.IsXml | Spf.ParseSapi); });
                found["purgesMs"] = Try(delegate
                {
                    var purges = new List<double>();
                    string text = "";
                    for (int i = 0; i < 20; i++) text += Plain + " ";
                    for (int i = 0; i < Purges; i++) purges.Add(recorder.PurgeWhileBlocked(text));
                    return purges;
                });
            }
            return found;
        }

        static object OfSource(ISapiObjects objects, VoiceCatalogue catalogue, object voices, string source)
        {
            var found = new List<object>();
            foreach (Dictionary<string, object> voice in VoicesIn(voices))
            {
                if ((string)voice["source"] != source) continue;
                string id = (string)voice["id"];
                var one = new Dictionary<string, object>();
                one["id"] = id;
                one["speech"] = Try(delegate
                {
                    using (var recorder = new Recorder(objects, "audio", catalogue.Find(id)))
                    {
                        return recorder.Speak("One short sentence.", Spf.IsNotXml)["audioBytes"];
                    }
                });
                found.Add(one);
            }
            return found;
        }

        static ISpObjectToken FirstEnglish(VoiceCatalogue catalogue, object voices)
        {
            ISpObjectToken first = null;
            foreach (Dictionary<string, object> voice in VoicesIn(voices))
            {
                ISpObjectToken token = catalogue.Find((string)voice["id"]);
                object language;
                voice.TryGetValue("language", out language);
                if (token != null && language is string && ((string)language).StartsWith("en")) return token;
                first = first ?? token;
            }
            return first;
        }

        static IEnumerable<Dictionary<string, object>> VoicesIn(object voices)
        {
            var list = voices as object[];
            if (list == null) yield break;
            foreach (object voice in list) yield return (Dictionary<string, object>)voice;
        }

        static object Try(Func<object> ask)
        {
            try { return ask(); }
            catch (Exception e)
            {
                var failure = new Dictionary<string, object>();
                failure["failed"] = HResults.NameOf(e);
                failure["message"] = e.Message;
                return failure;
            }
        }
    }
}
