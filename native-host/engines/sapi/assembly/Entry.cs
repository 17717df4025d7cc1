using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>
    /// What edge calls. Everything that crosses is int, double, bool, string, byte[] or a dictionary of these: edge makes
    /// strings of what else it meets. Failures cross as data ({ok, code, hresult, message}), because edge describes an
    /// exception by all of its properties and loses what they mean.
    /// </summary>
    public sealed class Entry
    {
        const int DefaultWindowBytes = 256 * 1024;

        /// <summary>
        /// Opens a session and answers with its functions. Options: <c>onBatch</c>, takes each RecordBatch and answers when
        /// it wants the next; <c>voices</c>, "windows" or "scripted"; <c>route</c>, "audio" or "stream"; <c>windowBytes</c>.
        /// </summary>
        public async Task<object> Open(object input)
        {
            var options = (IDictionary<string, object>)input;
            var onBatch = (Func<object, Task<object>>)options["onBatch"];
            ISapiObjects objects = Text(options, "voices") == "scripted" ? (ISapiObjects)new Scripted.ScriptedSapi() : new WindowsSapi();
            var session = new Session(objects, Text(options, "route") != "stream", Number(options, "windowBytes", DefaultWindowBytes), onBatch);
            return await Answer(async delegate
            {
                try { await session.Open().ConfigureAwait(false); }
                catch (Exception) { Abandon(session); throw; }
                return FunctionsOf(session);
            }).ConfigureAwait(false);
        }

        /// <summary>See ParentWatch. Takes the parent's process id.</summary>
        public Task<object> WatchParent(object parentId)
        {
            return Answer(delegate
            {
                ParentWatch.Start((int)parentId);
                return Task.FromResult<object>(null);
            });
        }

        static void Abandon(Session session)
        {
            session.Close();
        }

        static object FunctionsOf(Session session)
        {
            var functions = new Dictionary<string, object>();
            functions["voices"] = Function(delegate(object nothing) { return session.Voices(); });
            functions["speak"] = Function(delegate(object utterance) { return session.Speak(UtteranceOf(utterance)); });
            functions["stop"] = Function(delegate(object id) { return session.Stop((int)id); });
            functions["skip"] = Function(delegate(object sentences) { return session.Skip((int)sentences); });
            functions["stats"] = Function(delegate(object nothing) { return Task.FromResult<object>(StatsOf(session)); });
            functions["close"] = Function(delegate(object nothing) { return session.Close(); });
            return functions;
        }

        static Func<object, Task<object>> Function(Func<object, Task<object>> call)
        {
            return delegate(object input) { return Answer(delegate { return call(input); }); };
        }

        static async Task<object> Answer(Func<Task<object>> call)
        {
            var answer = new Dictionary<string, object>();
            try
            {
                answer["value"] = await call().ConfigureAwait(false);
                answer["ok"] = true;
            }
            catch (Exception e)
            {
                answer["ok"] = false;
                answer["code"] = HResults.NameOf(e);
                answer["hresult"] = e.HResult;
                answer["message"] = e.Message;
            }
            return answer;
        }

        static Utterance UtteranceOf(object input)
        {
            var fields = (IDictionary<string, object>)input;
            var utterance = new Utterance();
            utterance.Id = Number(fields, "id", 0);
            utterance.Text = Text(fields, "text");
            utterance.Flags = FlagsOf(Text(fields, "markup"));
            utterance.VoiceId = Text(fields, "voiceId");
            utterance.Rate = Number(fields, "rate", 0);
            utterance.Volume = Number(fields, "volume", 100);
            return utterance;
        }

        /// <summary>Anything but the two names of markup is a text in which nothing is markup.</summary>
        static uint FlagsOf(string markup)
        {
            if (markup == "ssml") return Spf.IsXml | Spf.ParseSsml;
            if (markup == "sapi") return Spf.IsXml | Spf.ParseSapi;
            return Spf.IsNotXml;
        }

        static object StatsOf(Session session)
        {
            var stats = new Dictionary<string, object>();
            stats["managedBytes"] = (double)GC.GetTotalMemory(false);
            stats["isSpeaking"] = session.IsSpeaking;
            stats["lastFailure"] = session.LastFailure;
            return stats;
        }

        static string Text(IDictionary<string, object> fields, string name)
        {
            object value;
            return fields.TryGetValue(name, out value) ? value as string : null;
        }

        static int Number(IDictionary<string, object> fields, string name, int otherwise)
        {
            object value;
            return fields.TryGetValue(name, out value) && value is int ? (int)value : otherwise;
        }
    }
}
