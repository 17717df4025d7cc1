using System;
using System.Threading;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>
    /// A place for a voice's audio that is not a device. Two routes lead there; which is better with events is for a real
    /// Windows to say (see the README), so both are here and a switch chooses.
    /// </summary>
    public abstract class PcmOutput
    {
        /// <summary>Whatever route: what to ask a voice for that does not say what it makes itself.</summary>
        public const int DefaultSamplesPerSecond = 22050;

        IPcmSink sink;
        long position;
        byte[] mono = new byte[0];

        public WAVEFORMATEX Format = FormatOf(DefaultSamplesPerSecond, 1);

        /// <summary>Bytes that SAPI has written in all.</summary>
        public long Position { get { return position; } }

        /// <summary>For ISpVoice.SetOutput.</summary>
        public abstract object ForVoice { get; }

        /// <summary>Whether the voice may say in which format it writes; else it writes in <c>Format</c>.</summary>
        public abstract bool TakesOtherFormats { get; }

        public abstract void Dispose();

        /// <summary>What is written from now on belongs to the utterance behind <c>next</c>; to none when it is null.</summary>
        public void Direct(IPcmSink next)
        {
            sink = next;
        }

        /// <summary>On SAPI's worker thread. Never fails: what nobody wants is swallowed.</summary>
        protected void Take(byte[] bytes, int count)
        {
            IPcmSink target = sink;
            if (target != null && count > 0)
            {
                if (Format.nChannels == 2) count = MixDown(ref bytes, count);
                // Only its own: the next utterance may have been directed here meanwhile.
                if (!target.Audio(bytes, count, (int)Format.nSamplesPerSec)) Interlocked.CompareExchange(ref sink, null, target);
            }
        }

        protected void Advance(int count)
        {
            position += count;
        }

        public static WAVEFORMATEX FormatOf(int samplesPerSecond, int channels)
        {
            var format = new WAVEFORMATEX();
            format.wFormatTag = 1;
            format.nChannels = (ushort)channels;
            format.nSamplesPerSec = (uint)samplesPerSecond;
            format.wBitsPerSample = 16;
            format.nBlockAlign = (ushort)(channels * 2);
            format.nAvgBytesPerSec = (uint)(samplesPerSecond * channels * 2);
            return format;
        }

        int MixDown(ref byte[] stereo, int count)
        {
            int frames = count / 4;
            if (mono.Length < frames * 2) mono = new byte[frames * 2];
            for (int i = 0; i < frames; i++)
            {
                int left = (short)(stereo[4 * i] | stereo[4 * i + 1] << 8);
                int right = (short)(stereo[4 * i + 2] | stereo[4 * i + 3] << 8);
                int mixed = (left + right) / 2;
                mono[2 * i] = (byte)mixed;
                mono[2 * i + 1] = (byte)(mixed >> 8);
            }
            stereo = mono;
            return frames * 2;
        }
    }
}
