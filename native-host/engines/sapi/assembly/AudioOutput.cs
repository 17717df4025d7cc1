using System;
using System.Runtime.InteropServices;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>
    /// Route <c>audio</c>: an audio device of ours. The voice tells its own format, so nothing is resampled, and SAPI sends
    /// its events by way of the device: it adds them here, and fetches them again when we have notified it.
    /// No exception may leave a method, for the callers are native.
    /// </summary>
    [ComVisible(true), ClassInterface(ClassInterfaceType.None)]
    public sealed class AudioOutput : PcmOutput, ISpAudio, ISpStreamFormat, ISpEventSource, ISpEventSink
    {
        readonly EventQueue events = new EventQueue();
        ISpNotifySink notify;
        byte[] buffer = new byte[0];

        public override object ForVoice { get { return this; } }
        public override bool TakesOtherFormats { get { return true; } }
        public override void Dispose() { events.Clear(); }

        public int Write(IntPtr bytes, uint count, IntPtr written)
        {
            try
            {
                if (buffer.Length < count) buffer = new byte[count];
                Marshal.Copy(bytes, buffer, 0, (int)count);
                Take(buffer, (int)count);
                Advance((int)count);
                if (written != IntPtr.Zero) Marshal.WriteInt32(written, (int)count);
                return HResults.Ok;
            }
            catch (Exception)
            {
                Direct(null);
                return HResults.Fail; // SAPI ends the utterance with it.
            }
        }

        /// <summary>SAPI asks where it is; it cannot go anywhere else.</summary>
        public int Seek(long move, uint origin, IntPtr position)
        {
            if (move != 0 || origin != 1) return HResults.NotImplemented;
            if (position != IntPtr.Zero) Marshal.WriteInt64(position, Position);
            return HResults.Ok;
        }

        public int GetFormat(IntPtr formatId, out IntPtr format)
        {
            format = Marshal.AllocCoTaskMem(Marshal.SizeOf(typeof(WAVEFORMATEX)));
            Marshal.StructureToPtr(Format, format, false);
            Marshal.Copy(FormatIds.WaveFormatEx.ToByteArray(), 0, formatId, 16);
            return HResults.Ok;
        }

        public int GetDefaultFormat(IntPtr formatId, out IntPtr format)
        {
            return GetFormat(formatId, out format);
        }

        public int SetFormat(ref Guid formatId, IntPtr format)
        {
            if (formatId != FormatIds.WaveFormatEx || format == IntPtr.Zero) return HResults.UnsupportedFormat;
            var wanted = (WAVEFORMATEX)Marshal.PtrToStructure(format, typeof(WAVEFORMATEX));
            bool isPcm = wanted.wFormatTag == 1 && wanted.wBitsPerSample == 16;
            if (!isPcm || wanted.nChannels < 1 || wanted.nChannels > 2) return HResults.UnsupportedFormat;
            Format = FormatOf((int)wanted.nSamplesPerSec, wanted.nChannels);
            return HResults.Ok;
        }

        public int SetNotifySink(IntPtr sink)
        {
            notify = sink == IntPtr.Zero ? null : (ISpNotifySink)Marshal.GetObjectForIUnknown(sink);
            return HResults.Ok;
        }

        public int AddEvents(IntPtr first, uint count)
        {
            events.Add(first, count);
            ISpNotifySink sink = notify;
            if (sink != null) sink.Notify();
            return HResults.Ok;
        }

        public int GetEvents(uint count, IntPtr first, IntPtr fetched)
        {
            uint n = events.Fetch(first, count);
            if (fetched != IntPtr.Zero) Marshal.WriteInt32(fetched, (int)n);
            return n == count ? HResults.Ok : HResults.False;
        }

        public int GetEventInterest(out ulong interest)
        {
            interest = Spei.AllTts;
            return HResults.Ok;
        }

        public int SetInterest(ulong interest, ulong queued) { return HResults.Ok; }
        public int SetState(int state, ulong reserved) { return HResults.Ok; }
        public int Commit(uint flags) { return HResults.Ok; }
        public int SetSize(long size) { return HResults.Ok; }
        public int SetBufferInfo(IntPtr info) { return HResults.Ok; }
        public int SetVolumeLevel(uint level) { return HResults.Ok; }
        public int SetBufferNotifySize(uint bytes) { return HResults.Ok; }
        public IntPtr EventHandle() { return IntPtr.Zero; }
        public IntPtr GetNotifyEventHandle() { return IntPtr.Zero; }

        public int GetVolumeLevel(out uint level)
        {
            level = 10000; // the loudest
            return HResults.Ok;
        }

        public int GetBufferNotifySize(out uint bytes)
        {
            bytes = 0;
            return HResults.Ok;
        }

        public int Clone(out IntPtr stream)
        {
            stream = IntPtr.Zero;
            return HResults.NotImplemented;
        }

        public int Read(IntPtr bytes, uint count, IntPtr read) { return HResults.NotImplemented; }
        public int CopyTo(IntPtr stream, long count, IntPtr read, IntPtr written) { return HResults.NotImplemented; }
        public int Revert() { return HResults.NotImplemented; }
        public int LockRegion(long offset, long count, uint type) { return HResults.NotImplemented; }
        public int UnlockRegion(long offset, long count, uint type) { return HResults.NotImplemented; }
        public int Stat(IntPtr stat, uint flag) { return HResults.NotImplemented; }
        public int GetStatus(IntPtr status) { return HResults.NotImplemented; }
        public int GetBufferInfo(IntPtr info) { return HResults.NotImplemented; }
        public int SetNotifyWindowMessage(IntPtr window, uint message, IntPtr wParam, IntPtr lParam) { return HResults.NotImplemented; }
        public int SetNotifyCallbackFunction(IntPtr function, IntPtr wParam, IntPtr lParam) { return HResults.NotImplemented; }
        public int SetNotifyCallbackInterface(IntPtr callback, IntPtr wParam, IntPtr lParam) { return HResults.NotImplemented; }
        public int SetNotifyWin32Event() { return HResults.NotImplemented; }
        public int WaitForNotifyEvent(uint milliseconds) { return HResults.NotImplemented; }
        public int GetInfo(IntPtr info) { return HResults.NotImplemented; }
    }
}
