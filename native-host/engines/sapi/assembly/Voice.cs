using System;
using System.Runtime.InteropServices;
using System.Threading;
using Aside.Sapi.Com;
using Microsoft.Win32.SafeHandles;

namespace Aside.Sapi
{
    /// <summary>Hears what a voice reports, on the engine thread.</summary>
    public interface IVoiceListener
    {
        void Happened(Record record);
        /// <summary>Exactly once for each utterance that began. <c>failure</c>: SAPI's own result when it is one.</summary>
        void Ended(bool wasStopped, SpeechException failure);
    }

    /// <summary>
    /// One ISpVoice, speaking one utterance at a time into a PcmOutput. It has no queue of its own: SAPI's waits for SAPI's
    /// audio thread, which may wait for us. Engine thread only.
    /// </summary>
    public sealed class Voice
    {
        /// <summary>Events at one go, so that a voice that never stops sending them does not keep commands waiting.</summary>
        public const int MaxEventsAtOnce = 2048;
        /// <summary>Looks (EngineThread.PollMs apart) at which SAPI is done until a lost END is believed to be lost.</summary>
        const int DonePollsUntilEnd = 3;

        readonly ISpVoice voice;
        readonly PcmOutput output;
        readonly AutoResetEvent notify;
        readonly IVoiceListener listener;

        int utterance;
        uint stream;
        volatile bool isSpeaking;
        bool wasStopped;
        ulong startOffset;
        int donePolls;
        string voiceId;

        public Voice(ISapiObjects objects, PcmOutput output, IVoiceListener listener)
        {
            this.output = output;
            this.listener = listener;
            voice = objects.CreateVoice();
            HResults.Check(voice.SetNotifyWin32Event(), "ISpVoice.SetNotifyWin32Event");
            IntPtr handle = voice.GetNotifyEventHandle();
            if (handle == IntPtr.Zero || handle == new IntPtr(-1))
            {
                throw new SpeechException("E_HANDLE", unchecked((int)0x80070006), "ISpVoice.GetNotifyEventHandle gave no handle");
            }
            notify = new AutoResetEvent(false);
            notify.SafeWaitHandle.Dispose();
            notify.SafeWaitHandle = new SafeWaitHandle(handle, false); // SAPI owns it
            ulong interest = Spei.Mask(Spei.StartInputStream, Spei.EndInputStream, Spei.Bookmark, Spei.WordBoundary, Spei.SentenceBoundary, Spei.Viseme);
            HResults.Check(voice.SetInterest(interest, interest), "ISpVoice.SetInterest");
        }

        public WaitHandle Notify { get { return notify; } }
        public bool IsSpeaking { get { return isSpeaking; } }

        /// <summary>Returns at once. Throws what SAPI refuses; nothing ends then that has not begun.</summary>
        public void Speak(Utterance next, ISpObjectToken token, IPcmSink sink)
        {
            try
            {
                UseVoice(next.VoiceId, token);
                HResults.Check(voice.SetRate(next.Rate), "ISpVoice.SetRate");
                HResults.Check(voice.SetVolume((ushort)next.Volume), "ISpVoice.SetVolume");
                utterance = next.Id;
                startOffset = 0;
                wasStopped = false;
                donePolls = 0;
                output.Direct(sink);
                isSpeaking = true;
                HResults.Check(voice.Speak(next.Text, Spf.Async | next.Flags, out stream), "ISpVoice.Speak");
            }
            catch (SpeechException)
            {
                isSpeaking = false;
                output.Direct(null);
                voiceId = null; // whatever is wrong with it, set it again the next time
                throw;
            }
        }

        /// <summary>The voice before the output: SAPI settles the format when the output is set (nvaccess/nvda#749).</summary>
        void UseVoice(string id, ISpObjectToken token)
        {
            if (id == voiceId) return;
            voiceId = null;
            HResults.Check(voice.SetVoice(token), "ISpVoice.SetVoice");
            int hr = voice.SetOutput(output.ForVoice, output.TakesOtherFormats);
            if (hr < 0 && output.TakesOtherFormats) hr = voice.SetOutput(output.ForVoice, false);
            HResults.Check(hr, "ISpVoice.SetOutput");
            voiceId = id;
        }

        /// <summary>Passes on what SAPI has queued. How much it was; MaxEventsAtOnce when there may be more.</summary>
        public int Drain()
        {
            int events = 0;
            while (events < MaxEventsAtOnce)
            {
                SPEVENT e;
                uint fetched;
                HResults.Check(voice.GetEvents(1, out e, out fetched), "ISpVoice.GetEvents");
                if (fetched == 0) break;
                events += 1;
                try { Dispatch(ref e); }
                finally { EventQueue.Free(ref e); }
            }
            if (events == 0) LookForLostEnd();
            return events;
        }

        void Dispatch(ref SPEVENT e)
        {
            if (!isSpeaking || e.ulStreamNum != stream) return; // of an utterance that was purged
            ulong wParam = (ulong)e.wParam;
            long lParam = e.lParam.ToInt64();
            switch ((int)e.eEventId)
            {
                case Spei.StartInputStream:
                    startOffset = e.ullAudioStreamOffset;
                    break;
                case Spei.WordBoundary:
                    Report(RecordKind.Word, ref e, (int)lParam, (int)wParam, null);
                    break;
                case Spei.SentenceBoundary:
                    Report(RecordKind.Sentence, ref e, (int)lParam, (int)wParam, null);
                    break;
                case Spei.Bookmark:
                    string name = e.lParam == IntPtr.Zero ? wParam.ToString() : Marshal.PtrToStringUni(e.lParam);
                    Report(RecordKind.Bookmark, ref e, 0, 0, name);
                    break;
                case Spei.Viseme: // lParam: low word the viseme; wParam: high word its length, low word the next
                    Report(RecordKind.Viseme, ref e, (int)(lParam & 0xFFFF), (int)((wParam >> 16) & 0xFFFF), null);
                    break;
                case Spei.EndInputStream:
                    End(ResultOfStream());
                    break;
            }
        }

        void Report(RecordKind kind, ref SPEVENT e, int a, int b, string text)
        {
            var record = new Record(kind, utterance);
            record.A = a;
            record.B = b;
            double bytes = e.ullAudioStreamOffset < startOffset ? 0 : e.ullAudioStreamOffset - startOffset;
            record.AtMs = 1000.0 * bytes / Math.Max(1, output.Format.nAvgBytesPerSec);
            if (text != null) record.Payload = System.Text.Encoding.Unicode.GetBytes(text);
            listener.Happened(record);
        }

        /// <summary>A voice may never send END, for instance after a purge.</summary>
        void LookForLostEnd()
        {
            if (!isSpeaking || voice.WaitUntilDone(0) != HResults.Ok) donePolls = 0;
            else if (++donePolls >= DonePollsUntilEnd) End(ResultOfStream());
        }

        SpeechException ResultOfStream()
        {
            SPVOICESTATUS status;
            if (wasStopped || voice.GetStatus(out status, IntPtr.Zero) < 0 || status.hrLastResult >= 0) return null;
            string name = HResults.Name(status.hrLastResult);
            return new SpeechException(name, status.hrLastResult, "the voice ended with " + name);
        }

        void End(SpeechException failure)
        {
            if (!isSpeaking) return; // some voices send END more than once
            isSpeaking = false;
            output.Direct(null);
            listener.Ended(wasStopped, failure);
        }

        /// <summary>The gate is open already, so that a Write() which SAPI would wait for returns.</summary>
        public void Stop()
        {
            if (!isSpeaking) return;
            wasStopped = true;
            output.Direct(null);
            uint purged;
            int hr = voice.Speak(null, Spf.Async | Spf.PurgeBeforeSpeak, out purged);
            End(null);
            HResults.Check(hr, "ISpVoice.Speak(purge)");
        }

        /// <summary>Moves by whole sentences. How many it was.</summary>
        public int Skip(int sentences)
        {
            uint skipped;
            HResults.Check(voice.Skip("SENTENCE", sentences, out skipped), "ISpVoice.Skip");
            return unchecked((int)skipped);
        }

        public void Dispose()
        {
            Stop();
            voice.SetNotifySink(IntPtr.Zero);
            ComObject.Release(voice);
            output.Dispose();
        }
    }
}
