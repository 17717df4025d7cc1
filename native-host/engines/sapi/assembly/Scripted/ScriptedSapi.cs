using System;
using System.Collections.Generic;
using System.Runtime.InteropServices.ComTypes;
using Aside.Sapi.Com;

namespace Aside.Sapi.Scripted
{
    /// <summary>SAPI's objects without Windows: some good voices, one that cannot be read, one for 32-bit programs.</summary>
    public sealed class ScriptedSapi : ISapiObjects
    {
        public ISpVoice CreateVoice() { return new ScriptedVoice(); }
        public ISpStream CreateStream() { return new ScriptedStream(); }
        public ISpObjectTokenCategory CreateCategory() { return new ScriptedCategory(); }

        public IDictionary<string, string> VoicesFor32Bit()
        {
            return new Dictionary<string, string> { { "TTS_DAVID", "Scripted David" }, { "TTS_OLD", "Scripted Old Voice" } };
        }
    }

    public sealed class ScriptedStream : ISpStream
    {
        public IStream Base { get; private set; }
        public int SamplesPerSecond { get; private set; }

        public int SetBaseStream(IStream stream, ref Guid formatId, ref WAVEFORMATEX format)
        {
            if (formatId != FormatIds.WaveFormatEx) return HResults.UnsupportedFormat;
            Base = stream;
            SamplesPerSecond = (int)format.nSamplesPerSec;
            return HResults.Ok;
        }

        public int Close() { return HResults.Ok; }

        public void Read() { }
        public void Write() { }
        public void Seek() { }
        public void SetSize() { }
        public void CopyTo() { }
        public void Commit() { }
        public void Revert() { }
        public void LockRegion() { }
        public void UnlockRegion() { }
        public void Stat() { }
        public void Clone() { }
        public void GetFormat() { }
        public void GetBaseStream() { }
        public void BindToFile() { }
    }
}
