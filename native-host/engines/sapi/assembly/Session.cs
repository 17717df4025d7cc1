using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>
    /// A voice with its threads, for one user in JavaScript:
    ///
    ///   Node's thread ──Post──▶ engine thread ──▶ ISpVoice ──▶ SAPI's worker ──Write──▶ gate ─▶ written
    ///                              ▲  │  GetEvents ◀── Win32 event ◀──┘                            │
    ///                              │  ▼                                                            │
    ///   Node's thread ◀──batch── pump thread ◀── outbox ◀──────────── engine thread ◀──────────────┘
    ///
    /// Node's thread only posts, and never waits. What was written goes out by way of the engine thread, which fetches the
    /// events first: so JavaScript hears of a word before it gets the word's audio.
    /// </summary>
    public sealed class Session : IEngineWork, IVoiceListener, IPcmSink
    {
        const int MaxPieceBytes = 64 * 1024;

        readonly ISapiObjects objects;
        readonly AudioGate gate;
        readonly Outbox outbox;
        readonly EngineThread engine;
        readonly bool usesAudioRoute;
        readonly Queue<Record> written = new Queue<Record>();
        /// <summary>Engine thread only: what the voice has just reported, to go out together.</summary>
        readonly List<Record> happened = new List<Record>();
        readonly object closing = new object();

        VoiceCatalogue catalogue;
        Voice voice;
        volatile int utterance;
        /// <summary>Why the utterance is being stopped, when that is an error.</summary>
        Exception failure;
        Task<object> closed;

        public Session(ISapiObjects objects, bool usesAudioRoute, int windowBytes, Func<object, Task<object>> tellJavaScript)
        {
            this.objects = objects;
            this.usesAudioRoute = usesAudioRoute;
            gate = new AudioGate(windowBytes);
            outbox = new Outbox(tellJavaScript, gate);
            engine = new EngineThread(Died);
        }

        public string LastFailure { get { return outbox.LastFailure; } }
        public bool IsSpeaking { get { return voice != null && voice.IsSpeaking; } }

        /// <summary>Resolves when SAPI is there. Rejects with what it refused.</summary>
        public Task<object> Open()
        {
            outbox.Start();
            outbox.Put(new Record(RecordKind.Ready, 0));
            return engine.Start(delegate
            {
                catalogue = new VoiceCatalogue(objects);
                PcmOutput output = usesAudioRoute ? (PcmOutput)new AudioOutput() : new StreamOutput(objects);
                voice = new Voice(objects, output, this);
                return this;
            });
        }

        public Task<object> Voices()
        {
            return engine.Post(delegate { return catalogue.List(); });
        }

        /// <summary>Resolves when SAPI has taken it; its End comes as a record.</summary>
        public Task<object> Speak(Utterance next)
        {
            return engine.Post(delegate
            {
                if (voice.IsSpeaking) throw new SpeechException("BUSY", HResults.Fail, "utterance " + utterance + " is still being spoken");
                ISpObjectToken token = catalogue.Find(next.VoiceId);
                if (token == null) throw new SpeechException("SPERR_VOICE_NOT_FOUND", HResults.NotFound, "no voice " + next.VoiceId);
                utterance = next.Id;
                gate.Shut();
                voice.Speak(next, token, this);
                return null;
            });
        }

        /// <summary>Drops what has not been told yet; End follows. Nothing happens when <c>id</c> is not being spoken.</summary>
        public Task<object> Stop(int id)
        {
            if (utterance == id) gate.Open(); // first, for SAPI waits for its worker, which may wait at the gate
            return engine.Post(delegate
            {
                if (utterance == id) voice.Stop();
                return null;
            });
        }

        public Task<object> Skip(int sentences)
        {
            return engine.Post(delegate { return voice.Skip(sentences); });
        }

        /// <summary>Resolves when both threads are at their end. Also if it is called again.</summary>
        public Task<object> Close()
        {
            lock (closing)
            {
                if (closed != null) return closed;
                gate.Open();
                Task<object> last = engine.Close(delegate
                {
                    try { if (voice != null) voice.Dispose(); }
                    finally { outbox.Close(); }
                    return null;
                });
                // Also after the engine thread has died, when `last` is refused: Died() has closed the outbox.
                closed = last.ContinueWith(delegate { return outbox.Ended; }).Unwrap();
                return closed;
            }
        }

        // IPcmSink: on SAPI's worker thread

        public bool Audio(byte[] samples, int bytes, int samplesPerSecond)
        {
            bytes &= ~1;
            for (int done = 0; done < bytes;)
            {
                int taken = gate.Take(bytes - done);
                if (taken == 0) return false;
                var record = new Record(RecordKind.Audio, utterance);
                record.A = samplesPerSecond;
                record.Payload = new byte[taken];
                Buffer.BlockCopy(samples, done, record.Payload, 0, taken);
                lock (written) written.Enqueue(record);
                engine.Wake();
                done += taken;
            }
            return true;
        }

        // IEngineWork, IVoiceListener: on the engine thread

        WaitHandle IEngineWork.Notify { get { return voice.Notify; } }
        bool IEngineWork.IsBusy { get { return voice.IsSpeaking; } }

        bool IEngineWork.Work()
        {
            int before;
            lock (written) before = written.Count;
            int events = 0;
            try
            {
                events = voice.Drain();
                Tell();
            }
            catch (Exception e)
            {
                Fail(e);
            }
            if (events == Voice.MaxEventsAtOnce) engine.Wake();
            PassOn(before);
            return events > 0 || before > 0;
        }

        void IVoiceListener.Happened(Record record)
        {
            happened.Add(record);
        }

        void Tell()
        {
            if (happened.Count == 0 || outbox.PutAll(happened)) return;
            throw new SpeechException("EVENT_FLOOD", HResults.Fail, "the voice sent over " + Outbox.MaxWaiting + " events at once");
        }

        void IVoiceListener.Ended(bool wasStopped, SpeechException ownFailure)
        {
            if (wasStopped)
            {
                happened.Clear();
                Discard();
                outbox.Drop(utterance);
            }
            outbox.PutAll(happened);
            PassOn(int.MaxValue);
            Exception why = failure ?? ownFailure;
            if (why != null) outbox.Put(Record.Failure(RecordKind.Error, utterance, why));
            var end = new Record(RecordKind.End, utterance);
            end.A = wasStopped ? 1 : 0;
            outbox.Put(end);
        }

        /// <summary>Ends the utterance with an error, and lives on.</summary>
        void Fail(Exception e)
        {
            gate.Open();
            failure = e;
            try { voice.Stop(); }
            catch (SpeechException) { } // the first failure is the one to tell of
            failure = null;
        }

        void PassOn(int most)
        {
            for (Record record = NextWritten(ref most); record != null; record = NextWritten(ref most)) outbox.Put(record);
        }

        /// <summary>What was written in small pieces goes out in larger ones: each costs JavaScript a message.</summary>
        Record NextWritten(ref int most)
        {
            var pieces = new List<Record>();
            int bytes = 0;
            lock (written)
            {
                for (; most > 0 && written.Count > 0 && bytes < MaxPieceBytes; most--)
                {
                    if (pieces.Count > 0 && written.Peek().A != pieces[0].A) break; // another rate
                    pieces.Add(written.Dequeue());
                    bytes += pieces[pieces.Count - 1].Payload.Length;
                }
            }
            if (pieces.Count < 2) return pieces.Count == 0 ? null : pieces[0];
            var whole = new Record(RecordKind.Audio, pieces[0].Utterance);
            whole.A = pieces[0].A;
            whole.Payload = new byte[bytes];
            int at = 0;
            foreach (Record piece in pieces)
            {
                Buffer.BlockCopy(piece.Payload, 0, whole.Payload, at, piece.Payload.Length);
                at += piece.Payload.Length;
            }
            return whole;
        }

        void Discard()
        {
            int bytes = 0;
            lock (written)
            {
                while (written.Count > 0) bytes += written.Dequeue().Payload.Length;
            }
            gate.Give(bytes);
        }

        void Died(Exception e)
        {
            gate.Open();
            outbox.Put(Record.Failure(RecordKind.Fatal, utterance, e));
            outbox.Close();
        }
    }
}
