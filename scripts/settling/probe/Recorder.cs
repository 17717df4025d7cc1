using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using Aside.Sapi;
using Aside.Sapi.Com;
using Microsoft.Win32.SafeHandles;

namespace Aside.Settling
{
    /// <summary>SAPI's notify handle as it is, so that it can be seen whether a wait resets it.</summary>
    public sealed class NotifyHandle : WaitHandle
    {
        public NotifyHandle(IntPtr handle)
        {
            SafeWaitHandle = new SafeWaitHandle(handle, false); // SAPI owns it
        }
    }

    /// <summary>Takes audio and notes when; holds SAPI's worker in Write() while it is closed.</summary>
    public sealed class Sink : IPcmSink
    {
        readonly ManualResetEvent open = new ManualResetEvent(true);
        readonly ManualResetEvent blocked = new ManualResetEvent(false);
        readonly Stopwatch clock;

        public long Bytes;
        public int SamplesPerSecond;
        public double LastWriteMs = -1;

        public Sink(Stopwatch clock)
        {
            this.clock = clock;
        }

        /// <summary>From now on a Write() does not return.</summary>
        public void Close() { open.Reset(); }
        public void Open() { open.Set(); }
        public bool WaitUntilBlocked(int milliseconds) { return blocked.WaitOne(milliseconds); }

        public bool Audio(byte[] samples, int bytes, int samplesPerSecond)
        {
            Bytes += bytes;
            SamplesPerSecond = samplesPerSecond;
            if (!open.WaitOne(0))
            {
                blocked.Set();
                open.WaitOne();
            }
            LastWriteMs = clock.Elapsed.TotalMilliseconds;
            return true;
        }
    }

    /// <summary>
    /// One ISpVoice with nothing of Aside's between it and what is written down: every event as it comes, when SAPI says
    /// that it is done, what its notify handle does.
    /// </summary>
    public sealed class Recorder : IDisposable
    {
        const int LimitMs = 60000;
        const int PollMs = 2;

        readonly ISpVoice voice;
        readonly PcmOutput output;
        readonly NotifyHandle notify;
        readonly Stopwatch clock = Stopwatch.StartNew();

        public Recorder(ISapiObjects objects, string route, ISpObjectToken token)
        {
            voice = objects.CreateVoice();
            output = route == "audio" ? (PcmOutput)new AudioOutput() : new StreamOutput(objects);
            HResults.Check(voice.SetNotifyWin32Event(), "ISpVoice.SetNotifyWin32Event");
            notify = new NotifyHandle(voice.GetNotifyEventHandle());
            ulong interest = Spei.Mask(Spei.StartInputStream, Spei.EndInputStream, Spei.Bookmark, Spei.WordBoundary, Spei.SentenceBoundary, Spei.Viseme);
            HResults.Check(voice.SetInterest(interest, interest), "ISpVoice.SetInterest");
            HResults.Check(voice.SetVoice(token), "ISpVoice.SetVoice");
            HResults.Check(voice.SetOutput(output.ForVoice, output.TakesOtherFormats), "ISpVoice.SetOutput");
        }

        /// <summary>Speaks to the end, or for a minute.</summary>
        public Dictionary<string, object> Speak(string text, uint flags)
        {
            var sink = new Sink(clock);
            output.Direct(sink);
            var events = new List<object>();
            double began = clock.Elapsed.TotalMilliseconds;
            uint stream;
            HResults.Check(voice.Speak(text, Spf.Async | flags, out stream), "ISpVoice.Speak");
            double returned = clock.Elapsed.TotalMilliseconds, ended = -1, done = -1;
            int wakes = 0, idleWakes = 0, staysSignalled = 0;
            while ((ended < 0 || done < 0) && clock.Elapsed.TotalMilliseconds - began < LimitMs)
            {
                bool woke = notify.WaitOne(PollMs);
                bool isEnd;
                int fetched = Fetch(text, events, began, out isEnd);
                if (isEnd && ended < 0) ended = clock.Elapsed.TotalMilliseconds;
                if (woke) wakes += 1;
                if (woke && fetched == 0) idleWakes += 1;
                if (woke && notify.WaitOne(0) && Fetch(text, events, began, out isEnd) == 0) staysSignalled += 1;
                if (done < 0 && voice.WaitUntilDone(0) == HResults.Ok) done = clock.Elapsed.TotalMilliseconds;
                // SAPI may say that it is done and send no END: ten looks later there will be none.
                if (done >= 0 && ended < 0 && clock.Elapsed.TotalMilliseconds - done > 500) break;
            }
            Thread.Sleep(50); // whatever comes once more
            bool again;
            Fetch(text, events, began, out again);
            output.Direct(null);
            var found = new Dictionary<string, object>();
            found["text"] = text;
            found["events"] = events;
            found["audioBytes"] = sink.Bytes;
            found["samplesPerSecond"] = sink.SamplesPerSecond;
            found["speakReturnedMs"] = returned - began;
            found["endMs"] = ended < 0 ? -1 : ended - began;
            found["doneMs"] = done < 0 ? -1 : done - began;
            found["lastWriteMs"] = sink.LastWriteMs < 0 ? -1 : sink.LastWriteMs - began;
            found["wakes"] = wakes;
            found["idleWakes"] = idleWakes;
            found["staysSignalled"] = staysSignalled;
            return found;
        }

        /// <summary>Milliseconds of a purge, in Aside's order, while SAPI's worker is held in Write(). -1: it never was.</summary>
        public double PurgeWhileBlocked(string text)
        {
            var sink = new Sink(clock);
            sink.Close();
            output.Direct(sink);
            uint stream;
            HResults.Check(voice.Speak(text, Spf.Async | Spf.IsNotXml, out stream), "ISpVoice.Speak");
            bool wasBlocked = sink.WaitUntilBlocked(10000);
            double began = clock.Elapsed.TotalMilliseconds;
            sink.Open();
            output.Direct(null);
            HResults.Check(voice.Speak(null, Spf.Async | Spf.PurgeBeforeSpeak, out stream), "ISpVoice.Speak(purge)");
            double took = clock.Elapsed.TotalMilliseconds - began;
            voice.WaitUntilDone(5000);
            bool isEnd;
            Fetch("", new List<object>(), began, out isEnd);
            return wasBlocked ? took : -1;
        }

        int Fetch(string text, List<object> events, double began, out bool isEnd)
        {
            int count = 0;
            isEnd = false;
            while (true)
            {
                SPEVENT e;
                uint fetched;
                HResults.Check(voice.GetEvents(1, out e, out fetched), "ISpVoice.GetEvents");
                if (fetched == 0) return count;
                count += 1;
                events.Add(Describe(ref e, text, began));
                if (e.eEventId == Spei.EndInputStream) isEnd = true;
                EventQueue.Free(ref e);
            }
        }

        Dictionary<string, object> Describe(ref SPEVENT e, string text, double began)
        {
            var seen = new Dictionary<string, object>();
            int start = (int)e.lParam.ToInt64(), length = (int)(ulong)e.wParam;
            seen["stream"] = e.ulStreamNum;
            seen["atMs"] = Math.Round(clock.Elapsed.TotalMilliseconds - began, 1);
            seen["audioBytes"] = e.ullAudioStreamOffset;
            switch ((int)e.eEventId)
            {
                case Spei.StartInputStream: seen["kind"] = "start"; break;
                case Spei.EndInputStream: seen["kind"] = "end"; break;
                case Spei.WordBoundary: Place(seen, "word", text, start, length); break;
                case Spei.SentenceBoundary: Place(seen, "sentence", text, start, length); break;
                case Spei.Bookmark:
                    seen["kind"] = "bookmark";
                    seen["name"] = e.lParam == IntPtr.Zero ? null : Marshal.PtrToStringUni(e.lParam);
                    break;
                case Spei.Viseme:
                    seen["kind"] = "viseme";
                    seen["viseme"] = start & 0xFFFF;
                    seen["forMs"] = (length >> 16) & 0xFFFF;
                    break;
                default: seen["kind"] = "other " + e.eEventId; break;
            }
            return seen;
        }

        static void Place(Dictionary<string, object> seen, string kind, string text, int start, int length)
        {
            seen["kind"] = kind;
            seen["start"] = start;
            seen["length"] = length;
            bool isInside = start >= 0 && length >= 0 && start + length <= text.Length;
            seen["says"] = isInside ? text.Substring(start, length) : null;
        }

        public void Dispose()
        {
            uint stream;
            voice.Speak(null, Spf.Async | Spf.PurgeBeforeSpeak, out stream);
            voice.SetNotifySink(IntPtr.Zero);
            ComObject.Release(voice);
            output.Dispose();
        }
    }
}
