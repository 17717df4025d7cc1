using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>
    /// Route <c>stream</c>: SAPI's own SpStream around an IStream of ours. We choose the format; SAPI converts to it.
    /// </summary>
    public sealed class StreamOutput : PcmOutput, IStream
    {
        readonly ISpStream stream;

        public StreamOutput(ISapiObjects objects)
        {
            stream = objects.CreateStream();
            Guid formatId = FormatIds.WaveFormatEx;
            WAVEFORMATEX format = Format;
            HResults.Check(stream.SetBaseStream(this, ref formatId, ref format), "ISpStream.SetBaseStream");
        }

        public override object ForVoice { get { return stream; } }
        public override bool TakesOtherFormats { get { return false; } }

        public override void Dispose()
        {
            stream.Close();
            ComObject.Release(stream);
        }

        // On SAPI's worker thread.

        public void Write(byte[] bytes, int count, IntPtr written)
        {
            Take(bytes, count);
            Advance(count);
            if (written != IntPtr.Zero) Marshal.WriteInt32(written, count);
        }

        /// <summary>SAPI asks where it is; it cannot go anywhere else.</summary>
        public void Seek(long move, int origin, IntPtr position)
        {
            bool stays = origin == 1 ? move == 0 : origin == 0 && move == Position;
            if (!stays) Refuse();
            if (position != IntPtr.Zero) Marshal.WriteInt64(position, Position);
        }

        public void Stat(out System.Runtime.InteropServices.ComTypes.STATSTG stat, int flag)
        {
            stat = new System.Runtime.InteropServices.ComTypes.STATSTG();
            stat.type = 2; // STGTY_STREAM
            stat.cbSize = Position;
            stat.grfMode = 1; // STGM_WRITE
        }

        public void Commit(int flags) { }
        public void SetSize(long size) { }
        public void Read(byte[] bytes, int count, IntPtr read) { Refuse(); }
        public void CopyTo(IStream target, long count, IntPtr read, IntPtr written) { Refuse(); }
        public void Revert() { Refuse(); }
        public void LockRegion(long offset, long count, int type) { Refuse(); }
        public void UnlockRegion(long offset, long count, int type) { Refuse(); }

        public void Clone(out IStream clone)
        {
            clone = null;
            Refuse();
        }

        static void Refuse()
        {
            Marshal.ThrowExceptionForHR(HResults.NotImplemented);
        }
    }
}
