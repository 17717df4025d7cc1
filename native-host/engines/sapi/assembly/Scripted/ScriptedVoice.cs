using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;
using System.Threading;
using Aside.Sapi.Com;

namespace Aside.Sapi.Scripted
{
    /// <summary>
    /// Stands in for Windows' ISpVoice where there is no Windows: same interface, same threads, same order of calls. On route
    /// <c>audio</c> its events take the way through the output that SAPI's take.
    /// </summary>
    public sealed class ScriptedVoice : ISpVoice
    {
        readonly AutoResetEvent notify = new AutoResetEvent(false);
        readonly Queue<SPEVENT> events = new Queue<SPEVENT>();
        readonly IntPtr oneEvent = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(SPEVENT)));
        ulong interest;
        ScriptedToken token;
        ISpAudio audio;
        ScriptedStream stream;
        IntPtr writeBuffer = IntPtr.Zero;
        int writeBufferBytes;
        ScriptedSpeech speech;
        uint streams;
        int rate;
        ushort volume = 100;
        volatile bool areEventsBroken, isThreadToAbort;

        /// <summary>Bytes so far on this output: offsets of events count on from utterance to utterance.</summary>
        public long Written { get; private set; }
        public int SamplesPerSecond { get; private set; }

        public int SetNotifyWin32Event() { return HResults.Ok; }
        public IntPtr GetNotifyEventHandle() { return notify.SafeWaitHandle.DangerousGetHandle(); }
        public void BreakEvents() { areEventsBroken = true; }
        public void AbortThread() { isThreadToAbort = true; }

        public int SetInterest(ulong wanted, ulong queued)
        {
            bool isValid = (wanted & Spei.FlagCheck) == Spei.FlagCheck && (queued & ~wanted) == 0;
            interest = queued;
            return isValid ? HResults.Ok : HResults.InvalidArgument;
        }

        public int GetEvents(uint count, out SPEVENT first, out uint fetched)
        {
            first = new SPEVENT();
            fetched = 0;
            if (isThreadToAbort) Thread.CurrentThread.Abort();
            if (areEventsBroken) throw new InvalidOperationException("the scripted voice was told to break its events");
            lock (events)
            {
                if (count == 0 || events.Count == 0) return HResults.False;
                first = events.Dequeue();
                fetched = 1;
                return HResults.Ok;
            }
        }

        public int SetVoice(ISpObjectToken wanted)
        {
            token = wanted as ScriptedToken;
            return token == null ? HResults.InvalidArgument : HResults.Ok;
        }

        public int SetOutput(object output, bool allowFormatChanges)
        {
            audio = output as ISpAudio;
            stream = output as ScriptedStream;
            Written = 0;
            if (token == null || audio == null && stream == null) return HResults.InvalidArgument;
            SamplesPerSecond = stream != null ? stream.SamplesPerSecond : PcmOutput.DefaultSamplesPerSecond;
            return audio != null && allowFormatChanges ? TellFormat() : HResults.Ok;
        }

        /// <summary>The voice's own format, in memory as SAPI has it.</summary>
        int TellFormat()
        {
            Guid formatId = FormatIds.WaveFormatEx;
            IntPtr format = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(WAVEFORMATEX)));
            try
            {
                Marshal.StructureToPtr(PcmOutput.FormatOf(token.SamplesPerSecond, 1), format, false);
                int hr = audio.SetFormat(ref formatId, format);
                if (hr >= 0) SamplesPerSecond = token.SamplesPerSecond;
                return hr;
            }
            finally
            {
                Marshal.FreeHGlobal(format);
            }
        }

        public int Speak(string text, uint flags, out uint streamNumber)
        {
            streamNumber = ++streams;
            if ((flags & Spf.PurgeBeforeSpeak) != 0 && speech != null) speech.Purge();
            if (text == null) return HResults.Ok;
            if (text.Contains("{{refuse}}")) return HResults.Fail;
            List<Step> steps;
            try { steps = ScriptedText.Parse(text, (flags & Spf.IsXml) != 0); }
            catch (BadMarkupException) { return HResults.XmlBadSyntax; }
            speech = new ScriptedSpeech(this, steps, streamNumber, token.Frequency, rate, volume);
            speech.Start();
            return HResults.Ok;
        }

        public int Skip(string itemType, int items, out uint skipped)
        {
            skipped = (uint)items;
            if (itemType != "SENTENCE") return HResults.InvalidArgument;
            if (speech != null) speech.Skip(items);
            return HResults.Ok;
        }

        public int GetStatus(out SPVOICESTATUS status, IntPtr lastBookmark)
        {
            status = new SPVOICESTATUS();
            if (speech != null) status.hrLastResult = speech.Result;
            return HResults.Ok;
        }

        public int WaitUntilDone(uint milliseconds)
        {
            return speech == null || speech.IsDone ? HResults.Ok : HResults.False;
        }

        public int SetRate(int wanted)
        {
            rate = wanted;
            return wanted >= -10 && wanted <= 10 ? HResults.Ok : HResults.InvalidArgument;
        }

        public int SetVolume(ushort wanted)
        {
            volume = wanted;
            return wanted <= 100 ? HResults.Ok : HResults.InvalidArgument;
        }

        /// <summary>On the worker thread.</summary>
        public void Write(byte[] samples)
        {
            if (stream != null) stream.Base.Write(samples, samples.Length, IntPtr.Zero);
            else WriteRaw(samples);
            Written += samples.Length;
        }

        void WriteRaw(byte[] samples)
        {
            if (writeBufferBytes < samples.Length)
            {
                Marshal.FreeHGlobal(writeBuffer);
                writeBuffer = Marshal.AllocHGlobal(samples.Length);
                writeBufferBytes = samples.Length;
            }
            Marshal.Copy(samples, 0, writeBuffer, samples.Length);
            Marshal.ThrowExceptionForHR(audio.Write(writeBuffer, (uint)samples.Length, IntPtr.Zero));
        }

        /// <summary>On the worker thread.</summary>
        public void Queue(int kind, uint streamNumber, ulong offset, ulong wParam, int lParam, string text)
        {
            if ((interest & 1UL << kind) == 0) return;
            var e = new SPEVENT();
            e.eEventId = (ushort)kind;
            e.ulStreamNum = streamNumber;
            e.ullAudioStreamOffset = offset;
            e.wParam = new UIntPtr(wParam);
            e.lParam = text == null ? new IntPtr(lParam) : Marshal.StringToCoTaskMemUni(text);
            e.elParamType = (ushort)(text == null ? 0 : Spet.String);
            var sink = audio as ISpEventSink;
            if (sink != null) e = ThroughOutput(sink, e);
            bool wasEmpty;
            lock (events)
            {
                wasEmpty = events.Count == 0;
                events.Enqueue(e);
            }
            if (wasEmpty) notify.Set();
        }

        SPEVENT ThroughOutput(ISpEventSink sink, SPEVENT e)
        {
            Marshal.StructureToPtr(e, oneEvent, false);
            sink.AddEvents(oneEvent, 1);
            EventQueue.Free(ref e); // SAPI's own; the output has a copy
            ((ISpEventSource)sink).GetEvents(1, oneEvent, IntPtr.Zero);
            return (SPEVENT)Marshal.PtrToStructure(oneEvent, typeof(SPEVENT));
        }

        // What Aside does not call.

        public int SetNotifySink(IntPtr sink) { return HResults.Ok; }
        public int SetNotifyWindowMessage(IntPtr window, uint message, IntPtr wParam, IntPtr lParam) { return HResults.NotImplemented; }
        public int SetNotifyCallbackFunction(IntPtr function, IntPtr wParam, IntPtr lParam) { return HResults.NotImplemented; }
        public int SetNotifyCallbackInterface(IntPtr callback, IntPtr wParam, IntPtr lParam) { return HResults.NotImplemented; }
        public int WaitForNotifyEvent(uint milliseconds) { return HResults.NotImplemented; }
        public int GetInfo(IntPtr info) { return HResults.NotImplemented; }
        public int GetOutputObjectToken(out ISpObjectToken none) { none = null; return HResults.NotImplemented; }
        public int GetOutputStream(out ISpStreamFormat none) { none = null; return HResults.NotImplemented; }
        public int Pause() { return HResults.NotImplemented; }
        public int Resume() { return HResults.NotImplemented; }
        public int GetVoice(out ISpObjectToken now) { now = token; return HResults.Ok; }
        public int SpeakStream(IStream text, uint flags, out uint number) { number = 0; return HResults.NotImplemented; }
        public int SetPriority(int priority) { return HResults.NotImplemented; }
        public int GetPriority(out int priority) { priority = 0; return HResults.NotImplemented; }
        public int SetAlertBoundary(int boundary) { return HResults.NotImplemented; }
        public int GetAlertBoundary(out int boundary) { boundary = 0; return HResults.NotImplemented; }
        public int GetRate(out int now) { now = rate; return HResults.Ok; }
        public int GetVolume(out ushort now) { now = volume; return HResults.Ok; }
        public int SetSyncSpeakTimeout(uint milliseconds) { return HResults.NotImplemented; }
        public int GetSyncSpeakTimeout(out uint milliseconds) { milliseconds = 0; return HResults.NotImplemented; }
        public IntPtr SpeakCompleteEvent() { return IntPtr.Zero; }
        public int IsUISupported(string type, IntPtr extra, uint extraBytes, out int supported) { supported = 0; return HResults.Ok; }
        public int DisplayUI(IntPtr window, string title, string type, IntPtr extra, uint extraBytes) { return HResults.NotImplemented; }
    }
}
